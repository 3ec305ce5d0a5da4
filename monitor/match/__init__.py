"""Items to matches: the operators, the trees that rules are, and the evidence they leave."""
