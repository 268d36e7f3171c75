"""What keeps a student's process in: started by the judge, entered by the worker."""
