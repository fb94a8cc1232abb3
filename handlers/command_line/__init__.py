"""The commands of `planvakt`, a file per subject; each is imported only when it is called."""
