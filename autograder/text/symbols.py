"""What TeX commands mean as characters, for terminals and MathML alike."""

from __future__ import annotations

_GREEK_NAMES = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho "
    "sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega"
)
GREEK = dict(zip(_GREEK_NAMES.split(), "αβγδϵεζηθϑικλμνξπρστυϕφχψωΓΔΘΛΞΠΣΦΨΩ", strict=True))
LETTERS = GREEK | {"partial": "∂", "nabla": "∇", "infty": "∞", "ell": "ℓ", "emptyset": "∅"}
OPERATORS = {
    **{"cdot": "·", "times": "×", "div": "÷", "pm": "±", "odot": "⊙", "otimes": "⊗", "oplus": "⊕", "ast": "∗"},
    **{"circ": "∘", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈", "sim": "∼"},
    **{"equiv": "≡", "propto": "∝", "ll": "≪", "gg": "≫", "in": "∈", "notin": "∉", "subset": "⊂", "cup": "∪"},
    **{"cap": "∩", "leftarrow": "←", "gets": "←", "rightarrow": "→", "to": "→", "mapsto": "↦", "Rightarrow": "⇒"},
    **{"Leftrightarrow": "⇔", "land": "∧", "lor": "∨", "neg": "¬", "forall": "∀", "exists": "∃", "mid": "∣"},
    **{"dots": "…", "ldots": "…", "cdots": "⋯", "vdots": "⋮", "prime": "′", "colon": ":", "top": "⊤"},
}
FENCES = {
    **{"lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "langle": "⟨", "rangle": "⟩", "lvert": "|"},
    **{"rvert": "|", "lVert": "‖", "rVert": "‖", "lbrace": "{", "rbrace": "}", "vert": "|", "Vert": "‖"},
}
SUMS = {"sum": "∑", "prod": "∏", "int": "∫", "max": "max", "min": "min", "lim": "lim", "argmax": "arg max"}
FUNCTIONS = frozenset(
    ["ln", "log", "exp", "sin", "cos", "tan", "tanh", "sinh", "cosh", "arctan", "det", "sgn", "Pr", "dim"]
)
ACCENTS = {"hat": "^", "bar": "¯", "tilde": "~", "vec": "→", "dot": "˙", "overline": "¯", "widehat": "^"}
UPRIGHT = frozenset(["mathrm", "operatorname", "text", "textrm", "mathsf", "texttt", "mathtt"])
BOLD = frozenset(["mathbf", "boldsymbol", "bm"])
PLAIN = frozenset(["mathit", "mathcal", "mathbb"])
SILENT = frozenset(["displaystyle", "textstyle", "limits", "nolimits", "mathstrut"])
SIZES = r"[bB]igg?[lrm]?"
MATRICES = {"matrix": "", "pmatrix": "()", "bmatrix": "[]", "vmatrix": "||", "cases": "{", "aligned": ""}
