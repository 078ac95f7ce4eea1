#!/usr/bin/env bash
# Does the released program work for someone who has only the wheel?
#
# Builds it, checks that it carries every data file of the source tree, installs it with its declared dependencies
# alone in a new environment, and uses it from another directory.
# Usage: PYTHON=.venv/bin/python tests/smoke_wheel.sh examples/REPORT
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
example="$root/${1:?usage: smoke_wheel.sh REPORT}"
python="${PYTHON:-python3}"
case "$python" in */*) python="$(cd "$(dirname "$python")" && pwd)/$(basename "$python")" ;; esac

elsewhere="$(mktemp -d)"
trap 'rm -rf "$elsewhere"' EXIT
say() { echo "wheel: $*"; }

"$python" -m build --wheel --no-isolation --outdir "$elsewhere/dist" "$root" >"$elsewhere/build.log" 2>&1 ||
  { cat "$elsewhere/build.log" >&2; exit 1; }
wheel=("$elsewhere"/dist/knockon-*.whl)
say "built $(basename "${wheel[0]}")"

"$python" - "$root/src" "${wheel[0]}" <<'PYTHON'
import sys, zipfile
from pathlib import Path

source, wheel = Path(sys.argv[1]), zipfile.ZipFile(sys.argv[2])
skipped = {"__pycache__"}
ours = {
    path.relative_to(source).as_posix()
    for path in (source / "knockon").rglob("*")
    if path.is_file() and not skipped & set(path.parts)
}
missing = sorted(ours - set(wheel.namelist()))
if missing:
    sys.exit("the wheel lacks " + ", ".join(missing))
print(f"wheel: carries all {len(ours)} files of src/knockon")
PYTHON

# The lock without its hashes constrains versions only; what gets installed is what the wheel itself declares.
"$python" - "$root/constraints.txt" >"$elsewhere/versions.txt" <<'PYTHON'
import sys
from pathlib import Path

for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
    if "==" in line and not line.startswith("#"):
        print(line.removesuffix("\\").strip())
PYTHON
"$python" -m venv "$elsewhere/venv"
pip=("$elsewhere/venv/bin/python" -m pip --disable-pip-version-check --no-input)
"${pip[@]}" install -qq --constraint "$elsewhere/versions.txt" "${wheel[0]}"
"${pip[@]}" check

mkdir "$elsewhere/home" "$elsewhere/desk"
cp "$example" "$elsewhere/desk/report.txt"
cd "$elsewhere/desk"
clean() { env -i HOME="$elsewhere/home" PATH="$elsewhere/venv/bin:/usr/bin:/bin" LANG=C.UTF-8 "$@"; }

clean python -W error - <<'PYTHON'
import importlib, pkgutil
import knockon

names = [module.name for module in pkgutil.walk_packages(knockon.__path__, "knockon.") if not module.name.endswith("__main__")]
for name in names:
    importlib.import_module(name)
print(f"wheel: imports all {len(names)} modules with the declared dependencies alone")
PYTHON

clean knockon --version
clean knockon --help >help.txt
grep -q brief help.txt
clean knockon brief report.txt --html brief.html >brief.txt
test -s brief.txt
grep -qi '<html' brief.html
clean knockon brief report.txt --json >brief.json
clean python -c 'import json; answer = json.load(open("brief.json", encoding="utf-8")); assert answer["said"], "nothing was read"'
say "knockon --version, --help and brief work from another directory"
