"""Everything that YAML may name, each in one visible line: kinds of documents, operators, kinds of channels.

To add one: write its module or class in the shape of its neighbours, then add its line. The conformance tests
(tests/test_catalog.py) run over these tables.
"""

from monitor.deliver.channels import CHANNELS
from monitor.match.operators import OPERATORS
from monitor.parse.detect import READERS

__all__ = ["CHANNELS", "OPERATORS", "READERS"]
