"""The formats in which agencies deliver: NewsML, NITF, ninjs, digitalwires, IPTC 7901, ANPA, own ones, e-mail."""
