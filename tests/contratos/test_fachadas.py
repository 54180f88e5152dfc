"""What goes round a façade breaks `lint-imports`: tried on a copy of the house with the fault put in."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from plataforma.habitaciones import HABITACIONES

RAIZ = Path(__file__).resolve().parents[2]
FALTAS = (
    # one room's inside from another; a higher sub-room from a lower one; tables of another room; the kernel's
    ("comercio/tarifas.py", "from envios.registrar_eventos import EventoNuevo", "envios.registrar_eventos"),
    ("pagos/billetera/modelos.py", "import pagos.cobros.web", "pagos.cobros.web"),
    ("comercio/tarifas.py", "from pagos.libro.modelos import Cuenta", "pagos.libro.modelos"),
    ("plataforma/portada.py", "import comercio.catalogo", "comercio.catalogo"),
    ("demostracion/dibujos/trazos.py", "from nucleo.modelos import Auditoria", "nucleo.modelos"),
    ("envios/vistas.py", "from envios.s10 import Numero, nuevo", None),  # one's own inside
    ("comercio/tarifas.py", "from envios import crear_envio", None),  # a function called as its module
    ("comercio/palabras.py", "import envios.eventos", None),
    ("pagos/retiros/estados.py", "import pagos.planillas.modelos", None),
)


@pytest.fixture
def copia(tmp_path: Path) -> Path:
    """The source of the house in a folder of its own."""
    contratos = tomllib.loads((RAIZ / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    for paquete in contratos["root_packages"]:
        shutil.copytree(RAIZ / paquete, tmp_path / paquete, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "tests/contratos").mkdir(parents=True)
    for nombre in ("tests/__init__.py", "tests/contratos/__init__.py", "tests/contratos/fachadas.py"):
        shutil.copy(RAIZ / nombre, tmp_path / nombre)
    shutil.copy(RAIZ / "pyproject.toml", tmp_path)
    return tmp_path


def _revisar(copia: Path) -> tuple[int, str]:
    orden = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    fin = subprocess.run(orden, cwd=copia, capture_output=True, text=True, check=False, timeout=120)
    return fin.returncode, fin.stdout + fin.stderr


def test_lo_que_rodea_una_fachada_rompe_el_contrato(copia: Path) -> None:
    """Each fault is named, and nothing else is."""
    for archivo, linea, _dice in FALTAS:
        with (copia / archivo).open("a", encoding="utf-8") as codigo:
            codigo.write(f"\n{linea}  # noqa\n")

    estado, dice = _revisar(copia)

    assert estado == 1
    hallados = {linea.split(" (")[0] for linea in dice.splitlines() if linea.startswith("- ")}
    esperados = {
        f"- {archivo.removesuffix('.py').replace('/', '.')} -> {importado}"
        for archivo, _linea, importado in FALTAS
        if importado
    }
    assert hallados == esperados
    assert "pagos.billetera is not allowed to import pagos.cobros" in dice  # the floors say so too


def test_una_excepcion_que_ya_no_hace_falta_se_dice(copia: Path) -> None:
    ajustes = copia / "pyproject.toml"
    texto = ajustes.read_text("utf-8")
    assert texto.count('nucleo = "nucleo"\n') == 1
    sobra = 'nucleo = "nucleo"\nexcepciones = ["comercio.web -> envios.web"]\n'
    ajustes.write_text(texto.replace('nucleo = "nucleo"\n', sobra), encoding="utf-8")

    estado, dice = _revisar(copia)

    assert estado == 1
    assert "comercio.web -> envios.web is excepted and does not happen any more" in dice


def test_lo_que_se_carga_por_su_nombre_esta_en_una_habitacion_conocida() -> None:
    """A sub-room that nobody loads would have routes, tables or periodic work that do not exist."""
    cargados = {"api", "web", "tareas", "manejadores", "modelos", "panel", "vitrina", "verificar", "carril"}
    raices = {h.split(".")[0] for h in HABITACIONES}
    paquetes = {
        ".".join(archivo.relative_to(RAIZ).parent.parts)
        for raiz in raices
        for archivo in (RAIZ / raiz).rglob("*.py")
        if archivo.stem in cargados
    }
    assert paquetes - set(HABITACIONES) == set()
