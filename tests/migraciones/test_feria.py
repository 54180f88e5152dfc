"""The processes of a demonstration of November 2026: whatever the tables become, they tell the same."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from feria_inversa.actos import a_json
from feria_inversa.contratos.modelos import OrdenLinea
from feria_inversa.contratos.verificar import verificar_ordenes
from feria_inversa.datos_abiertos.modelos import CompiladoOcds, ReleaseOcds
from feria_inversa.datos_abiertos.ocds import contenido_de
from feria_inversa.datos_abiertos.publicar import leer, por_decir, publico
from feria_inversa.datos_abiertos.verificar import verificar_datos_abiertos
from feria_inversa.entidades.cuce import Cuce
from feria_inversa.entidades.modelos import Serie
from feria_inversa.evaluacion.verificar import verificar_decisiones
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.reglas.modelos import Regla
from nucleo.bd import crear_motor
from plataforma.migraciones import migrar
from tests.ayudas.servidores import base_vacia

ANTES = "0118_denuncia_vista"
DATOS = Path(__file__).parent / "datos" / "feria.sql.gz"


@pytest.fixture(scope="module")
def base(servidores: dict[str, Any]) -> Iterator[str]:
    """The processes as they were, brought to today."""
    with base_vacia(servidores, "feria") as nombre:
        duenio = servidores["url_dueno"].format(base=nombre)
        migrar(duenio, ANTES)
        with psycopg.connect(servidores["url_admin"].format(base=nombre)) as conexion:
            conexion.execute(
                "SET session_replication_role = replica"
            )  # the rest of the house is of no matter
            conexion.execute(gzip.decompress(DATOS.read_bytes()))
        migrar(duenio)
        yield nombre


@pytest.fixture
def motor(base: str, servidores: dict[str, Any]) -> Iterator[Engine]:
    motor = crear_motor(servidores["url_dueno"].format(base=base), pool_size=1)
    yield motor
    motor.dispose()


def test_lo_publicado_de_cada_proceso_se_dice_igual_letra_por_letra(motor: Engine) -> None:
    """What would be said now of each process is what its last act said, to the byte, and what is new."""
    with Session(motor) as sesion:
        procesos = sesion.exec(select(Convocatoria).where(Convocatoria.ocid != None)).all()  # noqa: E711
        assert len(procesos) == 29
        for proceso in procesos:
            releases = sesion.exec(
                select(ReleaseOcds)
                .where(ReleaseOcds.convocatoria_id == proceso.id)
                .order_by(ReleaseOcds.secuencia)  # type: ignore[arg-type]
            ).all()
            ultima = releases[-1].contenido
            cabecera = {k: v for k, v in json.loads(ultima).items() if k in CABECERA}
            assert a_json(cabecera | _como_antes(contenido_de(sesion, proceso))) == ultima
            compilado = leer(sesion.get_one(CompiladoOcds, proceso.id).contenido)
            assert por_decir(compilado, _como_antes(publico(sesion, proceso))) == {}
        assert verificar_datos_abiertos(sesion) == []


def _como_antes(dicho: Any) -> Any:
    """Without the lines of the bids, the reasons and the acts, which the next act of a process tells."""
    for oferta in dicho.get("bids", {}).get("details", []):
        assert oferta.pop("items")
    for adjudicacion in dicho.get("awards", []):
        if adjudicacion["status"] != "unsuccessful":
            adjudicacion.pop("description", None)
    licitacion = dicho["tender"]
    licitacion["documents"] = [
        documento
        for documento in licitacion["documents"]
        if documento.get("documentType") != "cancellationDetails" and "-acta-" not in documento["id"]
    ]
    return dicho


def test_la_serie_del_cuce_sigue_despues_de_la_mayor(motor: Engine) -> None:
    with Session(motor) as sesion:
        cuces = sesion.exec(select(Convocatoria.cuce).where(Convocatoria.cuce != None)).all()  # noqa: E711
        mayor = max(Cuce.leer(str(cuce)).serie for cuce in cuces)
        assert sesion.get_one(Serie, "cuce").ultimo == mayor


def test_las_ordenes_y_las_decisiones_de_antes_son_las_de_ahora(motor: Engine) -> None:
    with Session(motor) as sesion:
        assert (verificar_ordenes(sesion), verificar_decisiones(sesion)) == ([], [])
        assert len(sesion.exec(select(OrdenLinea)).all()) == 14
        assert {r.confirmado for r in sesion.exec(select(Regla).where(Regla.clave == "monto_hasta"))} == {
            True
        }


CABECERA = ("ocid", "id", "date", "tag", "initiationType", "language")
