#!/usr/bin/env python3
"""unpack.py ARCHIVES ROOT: unpacks Debian packages of another machine without running any of their scripts.

Leaves a dpkg database in which every package is unpacked but not configured, as the first stage of debootstrap
does; `dpkg --configure -a` on the machine itself ends the installation.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

# A board has no reader of manuals, and trusts nothing but its community's genesis.
LEFT_OUT = ["./usr/share/doc/*", "./usr/share/man/*", "./usr/share/locale/*", "./usr/share/info/*",
            "./usr/share/lintian/*", "./usr/share/ca-certificates/*", "./usr/share/bash-completion/*"]


def unpack_files(archive, root):
    reader = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", archive], stdout=subprocess.PIPE)
    subprocess.run(["tar", "-x", "-C", root, "--numeric-owner", "--keep-directory-symlink",
                    "--no-wildcards-match-slash", *(f"--exclude={pattern}" for pattern in LEFT_OUT)],
                   stdin=reader.stdout, check=True)
    if reader.wait() != 0:
        raise SystemExit(f"{archive} cannot be unpacked")


def field(control, name):
    return next((line.split(":", 1)[1].strip() for line in control.splitlines()
                 if line.lower().startswith(name.lower() + ":")), "")


def file_interests(triggers, package):
    """The lines of dpkg's triggers/File for one package."""
    for line in triggers.splitlines():
        words = line.split("#")[0].split()
        if len(words) == 2 and words[0].startswith("interest") and words[1].startswith("/"):
            yield f"{words[1]} {package}{'/noawait' if words[0].endswith('noawait') else ''}\n"


def register(archive, database):
    """Writes a package into the dpkg database as unpacked; returns its stanza of the status file."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg-deb", "-e", archive, folder], check=True)
        parts = {path.name: path for path in pathlib.Path(folder).iterdir()}
        control = parts.pop("control").read_text()
        package = field(control, "Package")
        if field(control, "Multi-Arch") == "same":
            package += ":" + field(control, "Architecture")
        for name, path in parts.items():
            shutil.copy(path, database / "info" / f"{package}.{name}")
        listing = subprocess.run(f"dpkg-deb --fsys-tarfile '{archive}' | tar -t", shell=True, check=True,
                                 capture_output=True, text=True).stdout
        names = [line[1:].rstrip("/") or "/." for line in listing.splitlines()]
        (database / "info" / f"{package}.list").write_text("\n".join(names) + "\n")
        if "triggers" in parts:
            with open(database / "triggers" / "File", "a", encoding="ascii") as interests:
                interests.writelines(file_interests(parts["triggers"].read_text(), package))
    head, _, rest = control.strip().partition("\n")
    return f"{head}\nStatus: install ok unpacked\n{rest}\n\n"


def main(archives, root):
    database = pathlib.Path(root, "var/lib/dpkg")
    found = sorted(str(path) for path in pathlib.Path(archives).glob("*.deb"))
    # The links /bin and /lib are of base-files and must be there before anything else is.
    found.sort(key=lambda path: not os.path.basename(path).startswith("base-files_"))
    stanzas = []
    for archive in found:
        unpack_files(archive, root)
        for folder in ("info", "triggers", "updates"):
            (database / folder).mkdir(parents=True, exist_ok=True)
        stanzas.append(register(archive, database))
    (database / "status").write_text("".join(stanzas))
    (database / "available").write_text("")
    (database / "info" / "format").write_text("1\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
