"""Rules of the house, checked on the running application (meta-tests)."""

import ast
import re
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, get_args

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError
from sqlalchemy import Engine
from sqlmodel import SQLModel

from tests.ayudas.rutas import dependencias, rutas

RAIZ = Path(__file__).resolve().parents[2]


def test_cada_ruta_declara_quien_puede_usarla(aplicacion: Any) -> None:
    from ciudadania import actor_requerido
    from nucleo.acceso import publico

    marcas = {publico, actor_requerido}
    todas = list(rutas(aplicacion))
    assert len(todas) > 60
    sin_marca = [
        f"{metodo} {camino}"
        for metodo, camino, ruta in todas
        if len(marcas & set(dependencias(ruta.dependant))) != 1
    ]
    assert sin_marca == []


def test_cada_operacion_de_la_api_tiene_su_propio_nombre(aplicacion: Any) -> None:
    nombres = [o["operationId"] for ruta in aplicacion.openapi()["paths"].values() for o in ruta.values()]
    assert len(nombres) > 100
    assert sorted({n for n in nombres if nombres.count(n) > 1}) == []


def test_las_plantillas_se_llaman_html_para_que_jinja_las_escape() -> None:
    """Drawings and style sheets may lie beside them: included as they are, nothing in them is a variable."""
    archivos = [p for p in (RAIZ / "templates").rglob("*") if p.is_file()]
    otras = [p for p in archivos if p.suffix != ".html"]
    assert len(archivos) > 40
    assert [p for p in otras if p.suffix not in {".svg", ".css"} or "{{" in p.read_text("utf-8")] == []


def test_ninguna_plantilla_apaga_el_escapado_ni_trae_estilos_o_manejadores_en_linea() -> None:
    prohibido = re.compile(
        r"\|\s*safe\b|autoescape false|<[^>]+\s(?:style|on[a-z]+)=|javascript:", re.IGNORECASE
    )
    faltas = [
        f"{p.relative_to(RAIZ)}:{n}: {linea.strip()}"
        for p in sorted((RAIZ / "templates").rglob("*.html"))
        for n, linea in enumerate(p.read_text("utf-8").splitlines(), 1)
        if prohibido.search(linea)
    ]
    assert faltas == []


def test_las_filas_se_bloquean_solo_en_bloqueos() -> None:
    """One place a room says what it locks and in what order; the functions of the database have theirs."""
    bloqueo = re.compile(r"with_for_update|\bFOR (?:NO KEY |KEY )?(?:UPDATE|SHARE)\b|advisory|LOCK TABLE")
    archivos = subprocess.run(
        ["git", "ls-files", "*.py"], cwd=RAIZ, capture_output=True, text=True, check=True
    )
    en = [
        ruta
        for ruta in archivos.stdout.split()
        if not ruta.startswith(("tests/", "migrations/", "bench/"))
        and ruta != "plataforma/plazos.py"  # of a role, before there is any session
        and bloqueo.search((RAIZ / ruta).read_text("utf-8"))
    ]
    assert len(en) > 10
    assert [ruta for ruta in en if not ruta.endswith("/bloqueos.py")] == []


def test_lo_que_se_afirma_no_hace_nada() -> None:
    """An assertion looks at values: what it would do to the database is gone with `python -O`."""
    archivos = subprocess.run(
        ["git", "ls-files", "*.py"], cwd=RAIZ, capture_output=True, text=True, check=True
    )
    faltas = [
        f"{ruta}:{nodo.lineno}"
        for ruta in archivos.stdout.split()
        if not ruta.startswith(("tests/", "migrations/", "bench/"))
        for nodo in ast.walk(ast.parse((RAIZ / ruta).read_text("utf-8")))
        if isinstance(nodo, ast.Assert)
        for llamada in ast.walk(nodo.test)
        if isinstance(llamada, ast.Call)
        and any(isinstance(a, ast.Name) and a.id in {"sesion", "conexion"} for a in llamada.args)
    ]
    assert faltas == []


def test_hay_una_sola_cabeza_de_migraciones() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    assert len(ScriptDirectory.from_config(Config(RAIZ / "alembic.ini")).get_heads()) == 1


def test_los_modelos_y_las_migraciones_dicen_lo_mismo(bd: Engine) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from plataforma.habitaciones import modulos

    modulos("modelos")
    with bd.connect() as conexion:
        contexto = MigrationContext.configure(conexion, opts={"compare_type": True})
        diferencias = compare_metadata(contexto, SQLModel.metadata)
    assert diferencias == []


def test_ningun_archivo_del_repositorio_nombra_un_registro_de_paquetes() -> None:
    seguidos = subprocess.run(
        ["git", "ls-files", "*.lock", "*.toml", "*.txt", "Makefile"],
        cwd=RAIZ,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    con_direccion = [f for f in seguidos if re.search(r"https?://", (RAIZ / f).read_text("utf-8"))]
    assert con_direccion == []


@pytest.mark.parametrize("archivo", ["requirements.lock", "requirements-dev.lock"])
def test_el_cerrojo_de_dependencias_lleva_huellas(archivo: str) -> None:
    lineas = (RAIZ / archivo).read_text("utf-8").splitlines()
    paquetes = [i for i, linea in enumerate(lineas) if re.match(r"^[a-z0-9].*==", linea)]
    assert len(paquetes) > 50
    assert all("--hash=sha256:" in lineas[i + 1] for i in paquetes)


def test_cada_evento_con_oyente_se_publica_en_alguna_parte(aplicacion: Any) -> None:
    from nucleo.eventos import consumidores

    codigo = "\n".join(
        p.read_text("utf-8")
        for carpeta in (
            "nucleo",
            "ciudadania",
            "empresa_digital",
            "pagos",
            "envios",
            "comercio",
            "feria_inversa",
        )
        for p in (RAIZ / carpeta).rglob("*.py")
        if p.name != "manejadores.py"
    )
    assert consumidores()
    assert [tipo for tipo in consumidores() if f'"{tipo}"' not in codigo] == []


def test_lo_que_corre_no_importa_paquetes_que_solo_tienen_las_pruebas() -> None:
    def nombres(archivo: str) -> set[str]:
        return set(
            re.findall(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^]]*\])?==", (RAIZ / archivo).read_text("utf-8"), re.M)
        )

    solo_pruebas = nombres("requirements-dev.lock") - nombres("requirements.lock")
    assert "pytest" in solo_pruebas
    modulos = "|".join(re.escape(n.replace("-", "_")) for n in solo_pruebas)
    importa = re.compile(rf"^\s*(?:from|import) (?:{modulos})(?:\.|\s|$)", re.M)
    carpetas = (
        p for p in RAIZ.iterdir() if (p / "__init__.py").is_file() and p.name not in {"tests", "bench"}
    )
    faltas = [
        str(archivo.relative_to(RAIZ))
        for carpeta in carpetas
        for archivo in carpeta.rglob("*.py")
        if importa.search(archivo.read_text("utf-8"))
    ]
    assert faltas == []


LOS_JUZGA_EL_CASO = {
    "`texto_limpio`": r"(Unidad(Nueva|Cambios)|MotivoEntrada|Otorgamiento|MandatoNuevo|Revocacion)\.",
    "`texto_limpio`, what is rectified": r"Rectificacion\.",
    "planillas: its own bounds": r"Rechazo\.motivo",
    "an address, whole": r"WebhookNuevo\.url",
    "what is looked up": r"(AliasPorElegir\.alias|SolicitudPorHacer\.pagador|GrupoNuevo\.personas\.ci)",
}
"""Texts that the use case reads itself, and refuses."""


def _textos(modelo: type[BaseModel], camino: str, vistos: set[type]) -> Iterator[tuple[str, Any]]:
    """The text fields of a model and of those inside it, each with its type as pydantic reads it."""
    if modelo in vistos:
        return
    vistos.add(modelo)
    for nombre, campo in modelo.model_fields.items():
        tipo = Annotated[campo.annotation, *campo.metadata] if campo.metadata else campo.annotation
        try:
            TypeAdapter(tipo).validate_python("una palabra")
        except ValidationError as error:
            if not any(e["type"].startswith(("string", "value_error")) for e in error.errors()):
                for interno in _modelos(campo.annotation):
                    yield from _textos(interno, f"{camino}.{nombre}", vistos)
                continue
        yield f"{camino}.{nombre}", tipo


def _modelos(tipo: Any) -> Iterator[type[BaseModel]]:
    if isinstance(tipo, type) and issubclass(tipo, BaseModel):
        yield tipo
    for parte in get_args(tipo):
        yield from _modelos(parte)


def test_ningun_texto_que_recibe_la_api_lleva_nulos(aplicacion: Any) -> None:
    """PostgreSQL has no NUL: what is stored says `escrito` (`nucleo.lectores`), a pattern or a list."""
    aceptan = set()
    for metodo, camino, ruta in rutas(aplicacion):
        for parametro in ruta.dependant.body_params:
            for modelo in _modelos(parametro.field_info.annotation):
                for lugar, tipo in _textos(modelo, f"{metodo} {camino} {modelo.__name__}", set()):
                    with suppress(ValidationError):
                        TypeAdapter(tipo).validate_python("una\x00 palabra")
                        aceptan.add(lugar)
    propios = re.compile("|".join(LOS_JUZGA_EL_CASO.values()))
    faltan = sorted(lugar for lugar in aceptan if not propios.search(lugar))
    assert faltan == [], "\n".join(faltan)
