#!/bin/sh
# Build .venv from a lock file, in the current folder. Does nothing when the environment already matches.
set -eu
export PYTHONUTF8=1 # or a Latin-1 locale writes the name of a folder with ñ wrong into .venv

candado=$1
desarrollo=requirements-dev.lock # holds everything that requirements.lock holds

fallar() {
    echo "qhatu: $1" >&2
    exit 1
}

for candidato in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
    if [ -n "$candidato" ] && "$candidato" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidato
        break
    fi
done
[ -n "${python:-}" ] || fallar \
    "Hace falta Python 3.11 o posterior: instálelo («apt-get install python3 python3-venv») y repita."

"$python" -c 'import os; os.getcwdb().decode()' 2>/dev/null || fallar \
    "El nombre de esta carpeta no está escrito en UTF-8: cámbielo y repita."

# An environment is right for its lock, this project file, this interpreter and this folder.
sello() {
    { cat "$1" pyproject.toml; "$python" -c 'import sys; print(sys.version, sys.executable)'; pwd; } | cksum
}
marca() { echo ".venv/.sello-$1"; }
vigente() { [ -f "$(marca "$1")" ] && [ "$(cat "$(marca "$1")")" = "$(sello "$1")" ]; }

if vigente "$candado" || vigente "$desarrollo"; then
    exit 0
fi

"$python" -c 'import venv, ensurepip' 2>/dev/null || fallar \
    "A este Python le falta el módulo venv: instálelo con «apt-get install python3-venv» y repita."

inicio=$(date +%s)
echo "· Entorno de Python (solo la primera vez; puede tardar un par de minutos)"
propio='import os, sys, pip; sys.exit(os.path.realpath(sys.prefix) != os.path.realpath(".venv"))'
if ! .venv/bin/python -c "$propio" 2>/dev/null; then
    "$python" -m venv --clear .venv || fallar "No se pudo crear $(pwd)/.venv: vea el mensaje de arriba."
fi
rm -f .venv/.sello-*
instalar() {
    .venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check --no-input "$@"
}
instalar --require-hashes --requirement "$candado" || fallar \
    "No se pudieron instalar las dependencias: revise la conexión a Internet y repita."
instalar --no-deps --no-build-isolation --editable . || fallar "No se pudo instalar el proyecto en .venv."
# The way to the code from here, which is the same in every locale; the one of --editable is spelt in one.
echo ../../../.. >"$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/qhatu.pth"
sello "$candado" >"$(marca "$candado")"
echo "· Entorno de Python listo ($(($(date +%s) - inicio)) s)"
