import pytest

from tests.rig.daemon import percentile

EXPOSED = """\
# TYPE monitor_loop_lag_seconds histogram
monitor_loop_lag_seconds_bucket{le="0.01"} 90.0
monitor_loop_lag_seconds_bucket{le="0.1"} 98.0
monitor_loop_lag_seconds_bucket{le="1.0"} 99.0
monitor_loop_lag_seconds_bucket{le="+Inf"} 100.0
monitor_loop_lag_seconds_count 100.0
monitor_poll_seconds_bucket{le="0.01"} 5.0
"""


@pytest.mark.parametrize(
    ("share", "bound"), [(0.5, 0.01), (0.9, 0.01), (0.95, 0.1), (0.99, 1.0), (0.999, float("inf"))]
)
def test_a_percentile_is_bounded_by_its_bucket(share, bound):
    assert percentile(EXPOSED, "loop_lag_seconds", share) == bound


def test_what_is_not_measured_has_no_percentile():
    assert percentile(EXPOSED, "store_seconds", 0.99) == 0
    assert percentile("", "loop_lag_seconds", 0.99) == 0
