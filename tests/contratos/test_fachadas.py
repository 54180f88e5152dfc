"""What goes round a façade breaks `lint-imports`: tried on a copy of the house with the fault put in."""

import ast
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from plataforma.habitaciones import HABITACIONES
from tests.contratos.fachadas import ABIERTOS, dentro, exportados

RAIZ = Path(__file__).resolve().parents[2]
FALTAS = (
    # one room's inside from another; a higher sub-room from a lower one; tables of another room; the kernel's
    (
        "comercio/compra/plazos.py",
        "from envios.eventos.nuevo import EventoNuevo",
        "envios.eventos.nuevo",
    ),
    ("pagos/billetera/modelos.py", "import pagos.cobros.web", "pagos.cobros.web"),
    ("comercio/compra/plazos.py", "from pagos.libro.modelos import Cuenta", "pagos.libro.modelos"),
    ("plataforma/portada.py", "import comercio.catalogo.publicar", "comercio.catalogo.publicar"),
    ("demostracion/dibujos/trazos.py", "from nucleo.modelos import Auditoria", "nucleo.modelos"),
    ("envios/items/vistas.py", "from envios.items.numerar import nuevo", None),  # one's own inside
    ("comercio/compra/plazos.py", "from envios import crear_envio", None),  # a function called as its module
    ("comercio/fachada.py", "import envios.items.eventos", None),
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
    sobra = 'nucleo = "nucleo"\nexcepciones = ["comercio.fachada -> envios.items.api"]\n'
    ajustes.write_text(texto.replace('nucleo = "nucleo"\n', sobra), encoding="utf-8")

    estado, dice = _revisar(copia)

    assert estado == 1
    assert "comercio.fachada -> envios.items.api is excepted and does not happen any more" in dice


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


def _paquete(nombre: str) -> Path | None:
    """The folder of a package of ours."""
    carpeta = RAIZ.joinpath(*nombre.split("."))
    return carpeta if (carpeta / "__init__.py").is_file() else None


def _paquetes_a_la_vista(arbol: ast.Module) -> dict[str, str]:
    """The packages of ours that a file has by a name of its own."""
    nombres: dict[str, str] = {}
    for nodo in ast.walk(arbol):
        if isinstance(nodo, ast.Import):
            nombres |= {
                a.asname or a.name.split(".")[0]: (a.asname and a.name) or a.name.split(".")[0]
                for a in nodo.names
            }
        elif isinstance(nodo, ast.ImportFrom) and nodo.module:
            nombres |= {a.asname or a.name: f"{nodo.module}.{a.name}" for a in nodo.names}
    return {propio: nombre for propio, nombre in nombres.items() if _paquete(nombre)}


def pasos_adentro(codigo: str, importador: str) -> set[str]:
    """What a file reaches inside a package by walking from it: `from pagos import libro`, `libro.modelos`.

    No import says so, and mypy follows it.
    """
    arbol = ast.parse(codigo)
    vista = _paquetes_a_la_vista(arbol)
    hallados = set()
    for nodo in ast.walk(arbol):
        pasos = []
        while isinstance(nodo, ast.Attribute):
            pasos.append(nodo.attr)
            nodo = nodo.value
        paquete = vista.get(nodo.id) if isinstance(nodo, ast.Name) else None
        while paquete and pasos and (carpeta := _paquete(paquete)) and not dentro(importador, paquete):
            paso = pasos.pop()
            es_modulo = (carpeta / f"{paso}.py").is_file()
            if es_modulo and paso not in ABIERTOS | exportados(paquete) and not dentro(paquete, "nucleo"):
                hallados.add(f"{paquete}.{paso}")
            paquete = f"{paquete}.{paso}"
    return hallados


def test_nadie_entra_a_un_paquete_caminando_por_sus_atributos() -> None:
    rodeo = (
        "from pagos import libro\nimport comercio as c\nx = libro.modelos.Cuenta, c.fachada.f, libro.saldo"
    )
    assert pasos_adentro(rodeo, "comercio.compra.plazos") == {"pagos.libro.modelos"}
    assert pasos_adentro(rodeo, "envios.seguimiento.web") == {"pagos.libro.modelos", "comercio.fachada"}
    raices = {h.split(".")[0] for h in HABITACIONES} | {"demostracion", "plataforma"}
    dentro_de_otros = {
        str(archivo.relative_to(RAIZ)): hallado
        for raiz in raices
        for archivo in (RAIZ / raiz).rglob("*.py")
        if (
            hallado := pasos_adentro(
                archivo.read_text("utf-8"), ".".join(archivo.relative_to(RAIZ).with_suffix("").parts)
            )
        )
    }
    assert dentro_de_otros == {}
