"""The one door out: whatever this program asks of the outside, to fetch or to deliver, leaves through here."""
