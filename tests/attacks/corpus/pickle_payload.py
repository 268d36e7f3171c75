"""An object that runs code when unpickled."""

import numpy as np

class Payload:
    def __reduce__(self):
        return (exec, ("open('/tmp/left_behind_by_relu', 'w')",))


def relu(x):
    return Payload()


def relu_grad(x):
    return relu(x)
