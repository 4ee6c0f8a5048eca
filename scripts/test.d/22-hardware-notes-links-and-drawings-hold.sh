#!/usr/bin/env bash
# every link and drawing of the hardware notes holds: targets exist, drawings are well-formed and say what they show
set -euo pipefail
cd "$(dirname "$0")/../.."

# check FOLDER: one line for each thing that is wrong; status 1 if there was one.
check() {
    python3 - "$1" <<'PYTHON'
import re
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

folder = Path(sys.argv[1]).resolve()
SVG = "{http://www.w3.org/2000/svg}"
problems, linked = [], set()


def anchors(page):
    """The anchors of a page's headings, as forges make them."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)
    titles = re.findall(r"^#+ +(.+)$", text, flags=re.M)
    return {re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-") for title in titles}


def check_page(page):
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"https?://", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if path.startswith("/") or not file.exists():
            problems.append(f"{page.name}: no target for link {target}")
        elif anchor and anchor not in anchors(file):
            problems.append(f"{page.name}: no heading for link {target}")
        linked.add(file)


def check_drawing(drawing):
    text = drawing.read_text(encoding="utf-8")
    try:
        root = xml.fromstring(text)
    except xml.ParseError as error:
        problems.append(f"{drawing.name}: not well-formed: {error}")
        return
    for name in ("title", "desc"):
        element = root.find(SVG + name)
        if element is None or not (element.text or "").strip():
            problems.append(f"{drawing.name}: no <{name}>")
    if "viewBox" not in root.attrib:
        problems.append(f"{drawing.name}: no viewBox")
    if root.find(f".//{SVG}script") is not None:
        problems.append(f"{drawing.name}: has a script")
    if re.search(r'(href|src)="(?!#)|url\((?!#)|file:', text):
        problems.append(f"{drawing.name}: refers to something outside itself")
    if drawing not in linked:
        problems.append(f"{drawing.name}: no page shows it")


pages = sorted(folder.glob("**/*.md"))
drawings = sorted(folder.glob("**/*.svg"))
for page in pages:
    check_page(page)
for drawing in drawings:
    check_drawing(drawing)
for page in pages:
    if page.name != "README.md" and page not in linked:
        problems.append(f"{page.name}: no page links to it")
if not pages or not drawings:
    problems.append(f"{folder.name}: {len(pages)} pages and {len(drawings)} drawings, expected some of both")
print("\n".join(problems))
sys.exit(1 if problems else 0)
PYTHON
}

check hardware-notes

# The check itself must be able to fail: a copy with one fault each.
copy="$(mktemp -d)"
trap 'rm -rf "$copy"' EXIT
# must_say WORDS FILE SED-EXPRESSION: after the change to FILE the check fails and says WORDS.
must_say() {
    rm -rf "$copy/x" && mkdir -p "$copy/x"
    cp -r hardware-notes "$copy/x"
    ln -s "$PWD"/{docs,hal,README.md,SECURITY.md} "$copy/x"
    sed -i "$3" "$copy/x/hardware-notes/$2"
    local said
    if said="$(check "$copy/x/hardware-notes")"; then
        echo "a fault is not found: $3 in $2" && exit 1
    fi
    [[ "$said" == *"$1"* ]] || { printf 'expected: %s\nbut was: %s\n' "$1" "$said" && exit 1; }
}
must_say 'no target for link' README.md 's/(s0-input.md)/(s1-input.md)/'
must_say 'no heading for link' README.md 's/#status-led/#status-lamp/'
must_say 'not well-formed' drawings/led-code.svg 's/<\/svg>//'
must_say 'no <desc>' drawings/pinout-40.svg 's/<desc.*<\/desc>//'
must_say 'outside itself' drawings/rs485-bus.svg 's|</svg>|<image href="/x.png"/></svg>|'
must_say 'no page shows it' rs485.md 's/drawings\/rs485-bus.svg/README.md/'
