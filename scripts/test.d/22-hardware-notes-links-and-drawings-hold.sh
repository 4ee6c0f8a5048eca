#!/usr/bin/env bash
# every link, drawing, pin and sum of the hardware notes holds
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


# GPIO numbers by pin, the same on every board with 40 pins.
HEADER = {3: 2, 5: 3, 7: 4, 8: 14, 10: 15, 11: 17, 12: 18, 13: 27, 15: 22, 16: 23, 18: 24, 19: 10, 21: 9, 22: 25,
          23: 11, 24: 8, 26: 7, 27: 0, 28: 1, 29: 5, 31: 6, 32: 12, 33: 13, 35: 19, 36: 16, 37: 26, 38: 20, 40: 21}


def check_pin(where, pin, gpio):
    if HEADER.get(pin) != gpio:
        problems.append(f"{where}: pin {pin} is not GPIO{gpio}")


def check_pins():
    rows = rows_of("boards.md", "| for | GPIO | pin |")
    for _, gpios, pins, *_ in rows:
        for gpio, pin in zip(numbers(gpios), numbers(pins), strict=True):
            check_pin("boards.md", int(pin), int(gpio))
    drawing = (folder / "drawings" / "pinout-40.svg").read_text(encoding="utf-8")
    drawn = re.findall(r">(\d+)</text><text[^>]*>GPIO(\d+)<", drawing)
    for pin, gpio in drawn:
        check_pin("pinout-40.svg", int(pin), int(gpio))
    if len(rows) < 5 or len(drawn) != len(HEADER) - 2:  # ID_SD and ID_SC stand without numbers
        problems.append(f"pins: {len(rows)} rows and {len(drawn)} GPIOs drawn")


def numbers(cell):
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", cell.replace(" 000", "000"))]


def rows_of(page, heading):
    """The cells of the table that begins with this heading."""
    text = (folder / page).read_text(encoding="utf-8")
    _, found, table = text.partition(heading)
    if not found:
        problems.append(f"{page}: no table {heading}")
    rows = table.partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def check_sum(where, said, is_so):
    if abs(said - is_so) > max(0.6, 0.02 * is_so):
        problems.append(f"power-time-storage.md: {where}: {said:g} should be {is_so:.1f}")


def check_budget():
    """GB a year = pulses x bytes of a pulse + a year without pulses; years = cycles x capacity / 10 x GB a year."""
    page = "power-time-storage.md"
    usual, best = (numbers(cell)[0] for cell in rows_of(page, "| per pulse |")[0][1:])
    apart = int(re.search(r"\+(\d+) kB \(4096 B\)", (folder / page).read_text(encoding="utf-8"))[1])
    minute, step, both = ([numbers(cell)[0] for cell in row[1:]] for row in rows_of(page, "| without pulses |"))
    year = {}
    for column in (0, 1):
        check_sum("a year of both", both[column], (minute[column] * 525_600 + step[column] * 35_040) / 1e6)
    for energy, _, *columns in rows_of(page, "| a year |"):
        megawatt_hours = numbers(energy)[0]
        said = [numbers(cell)[0] for cell in columns]
        check_sum(energy, said[0], megawatt_hours * (usual + apart) + both[0])
        check_sum(energy, said[1], megawatt_hours * best + both[1])
        check_sum(f"{energy}, TB in ten years", said[2], said[1] / 100)
        year[megawatt_hours] = said[1]
    for storage, _, total, *columns, _ in rows_of(page, "| storage |"):
        for megawatt_hours, cell in zip((3, 10, 30), columns, strict=True):
            for terabytes, years in zip(numbers(total), numbers(cell)):
                check_sum(storage, years, terabytes * 1000 / 10 / year[megawatt_hours])


pages = sorted(folder.glob("**/*.md"))
drawings = sorted(folder.glob("**/*.svg"))
for page in pages:
    check_page(page)
for drawing in drawings:
    check_drawing(drawing)
check_pins()
check_budget()
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
must_say 'pin 11 is not GPIO18' boards.md 's/| 17, 27, 22, 23 |/| 18, 27, 22, 23 |/'
must_say 'pin 37 is not GPIO27' drawings/pinout-40.svg 's/>GPIO26</>GPIO27</'
must_say '10 MWh' power-time-storage.md 's/^| 10 MWh | 10 million | [0-9]*/| 10 MWh | 10 million | 7/'
must_say 'no page shows it' rs485.md 's/drawings\/rs485-bus.svg/README.md/'
