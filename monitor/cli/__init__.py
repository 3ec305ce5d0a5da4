"""The command line: a module a group of commands, `main` over them all.

Records go to standard output, a line of JSON each; what is for people goes to standard error. Exit status: 0 fine,
1 the work failed, 2 wrong usage or configuration.
"""
