"""The page that leads to each session of a package with several: a list for people, ``?au=`` for platforms."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import escape

from scormkit.compiled.course import Package
from scormkit.compiled.pages import direction_of
from scormkit.targets.target import PackageFile, Target, page_name, script_json

STYLE = (
    "body{max-width:40rem;margin:3rem auto;padding:0 1rem;font:1.125rem/1.6 system-ui,sans-serif}"
    ":root{color-scheme:light dark}"
    "li{margin:.75rem 0}a{display:inline-block;padding:.25rem 0;color:LinkText}"
)


@dataclass(frozen=True)
class WithEntryPage(Target):
    """A target whose packages with several units have one page that leads to each of them."""

    def packaged(self, package: Package, *, control_documents: bool = True) -> list[PackageFile]:
        """With the entry page, where there are several units."""
        files = super().packaged(package, control_documents=control_documents)
        if len(package.units) > 1:
            files.append(PackageFile("index.html", entry_page(package)))
        return files


def entry_page(package: Package) -> bytes:
    """``index.html?au=ID&…`` goes on to the session's page with the whole query; else it lists the sessions."""
    pages = {unit.id: page_name(package, unit) for unit in package.units}
    links = "\n".join(
        f'<li><a href="{page}">{escape(unit.title)}</a></li>' for unit in package.units for page in (pages[unit.id],)
    )
    # Replaced, not left: the way back leads to the platform, not to this page.
    script = (
        f"var p={script_json(dict(pages))}[new URLSearchParams(location.search).get('au')];"
        "if(p)location.replace(p+location.search)"
    )
    return f"""<!doctype html>
<html lang="{escape(package.language)}" dir="{direction_of(package.language)}">
<head>
<meta charset="utf-8"><meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(package.title)}</title>
<script>{script}</script>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>{escape(package.title)}</h1>
<ul>
{links}
</ul>
</main>
</body>
</html>
""".encode()
