"""A letter as HTML for mail: no pictures, no styles from elsewhere, nothing active; every text in it escaped."""

from html import escape

from monitor.compose.letter import Entry, Letter


def html(letter: Letter, language: str) -> str:
    """Return a letter as a whole HTML document."""
    parts = [f"<p>{escape(line)}</p>" for line in letter.text.splitlines() if line]
    parts += [_entry(entry, letter.read) for entry in letter.entries]
    if letter.rest:
        parts.append(f"<p>{escape(letter.more.format(letter.rest))}</p>")
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head><meta charset="utf-8">'
        f"<title>{escape(letter.subject)}</title></head>\n"
        '<body style="font-family: sans-serif; max-width: 40em">\n' + "\n<hr>\n".join(parts) + "\n</body>\n</html>\n"
    )


def _entry(entry: Entry, read: str) -> str:
    """Return an alert; its link says what it is, so that no headline poses as another address."""
    link = entry.link and f'<p><a href="{escape(entry.link)}" rel="noreferrer">{escape(read)}</a></p>'
    facts = "".join(f"<tr><th>{escape(name)}</th><td>{escape(told)}</td></tr>\n" for name, told in entry.facts)
    parts = (
        f'<h2 dir="auto">{escape(entry.headline)}</h2>',
        entry.text and f'<p dir="auto">{escape(entry.text)}</p>',
        link,
        f'<table style="text-align: left; vertical-align: top">\n{facts}</table>',
    )
    return "\n".join(part for part in parts if part)
