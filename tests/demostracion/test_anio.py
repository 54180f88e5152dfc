"""The story told twice is the same story, also when the second telling was killed half way and went on."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from demostracion.capitulos.sembrar import cargar
from demostracion.relato import Capitulo, Epoca, Paso, a_las, capitulos, contar, ordenados
from nucleo.reloj import fecha_bolivia
from nucleo.verificar import partes, verificar
from plataforma.habitaciones import modulos

RAIZ = Path(__file__).resolve().parents[2]
# they need months before them
DE_OTROS_TIEMPOS = {
    "comercio",
    "comercio.contratiempos",
    "feria_inversa",
    "feria_inversa.banderas",
    "feria_inversa.contratos",
    "feria_inversa.llaves",
    "feria_inversa.subastas",
    "envios.reclamos",
}
DURA = timedelta(days=35)
ESPERA_S = 300
PROGRAMA = """
import sys
from datetime import date, datetime
from demostracion.relato import Epoca
from tests.demostracion.test_anio import contar_corta
desde, hoy, paso = sys.argv[1:]
contar_corta(Epoca(date.fromisoformat(desde), datetime.fromisoformat(hoy)), muere_en=paso)
"""
LO_MISMO = {
    "history": "SELECT a.nombre, a.estado, a.hechos, a.repetidos, count(*), md5(string_agg(p.cuce || "
    "p.linea || p.estado, ',' ORDER BY p.linea)) FROM feria_historia_archivo a JOIN feria_historia_proceso p "
    "ON p.archivo_id = a.id GROUP BY a.id ORDER BY a.id",
    # an account of a matter is named by its class: its parcel's id is another each time
    "transfers": "SELECT t.creada_en::date, t.monto, t.codigo, t.tipo, "
    "coalesce(d.asunto, d.titular_id::text), coalesce(c.asunto, c.titular_id::text) "
    "FROM pagos_transferencia t JOIN pagos_cuenta d ON d.id = t.debito "
    "JOIN pagos_cuenta c ON c.id = t.credito ORDER BY 1, 2, 3, 4, 5, 6",
    "orders": "SELECT id, creado_en::date, estado, monto, pagado, pagador_documento FROM pagos_orden "
    "ORDER BY id",
    "plans": "SELECT p.id, p.estado, p.version, p.gestion, l.numero, l.objeto, l.version FROM feria_plan p "
    "JOIN feria_plan_linea l ON l.plan_id = p.id ORDER BY p.id, l.numero",
    "requests": "SELECT id, creada_en::date, estado, monto FROM pagos_solicitud ORDER BY id",
    "withdrawals": "SELECT id, creado_en::date, estado, monto FROM pagos_retiro ORDER BY id",
    "cards": "SELECT id, creado_en::date, estado, monto FROM pagos_intento ORDER BY id",
    "saved cards": "SELECT id, creado_en::date, estado, ultimos FROM pagos_tarjeta ORDER BY id",
    "batches": "SELECT id, estado, total, pagado FROM pagos_planilla ORDER BY id",
    "entries": "SELECT unidad_id, secuencia, operacion, instante::date FROM registro_asiento ORDER BY 1, 2",
    "notices": "SELECT persona_id, unidad_id, creado_en::date, count(*), count(leido_en) "
    "FROM ciudadania_notificacion GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
    "agencies": "SELECT a.id, a.creada_en::date, a.estado, count(h.dia) FROM envios_agencia a "
    "LEFT JOIN envios_agencia_horario h ON h.agencia_id = a.id GROUP BY a.id ORDER BY a.id",
    "manifests": "SELECT id, estado, sacas, envios, salio_en::date FROM envios_despacho ORDER BY id",
    "closings": "SELECT dia, cantidad, suma FROM pagos_cierre ORDER BY dia",
    "deeds": "SELECT accion, actor_nombre, creado_en::date, count(*) FROM nucleo_auditoria "
    "GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
}


def contar_corta(epoca: Epoca, muere_en: str = "") -> int:
    """Five weeks of the registry and of payments; killed once the step of that name is done and not saved."""
    modulos("manejadores")
    cargar()
    return contar({n: _mortal(n, c, muere_en) for n, c in _capitulos().items()}, epoca)


def _mortal(nombre: str, capitulo: Capitulo, muere_en: str) -> Capitulo:
    def pasos(epoca: Epoca) -> Iterator[Paso]:
        for paso in capitulo(epoca):
            este = f"{nombre}: {paso.nombre}" == muere_en
            yield replace(paso, hacer=_hacer_y_morir(paso)) if este else paso

    return pasos


def _hacer_y_morir(paso: Paso) -> Callable[[Session], None]:
    def hacer(sesion: Session) -> None:
        paso.hacer(sesion)
        sesion.flush()
        os.kill(os.getpid(), signal.SIGKILL)

    return hacer


def _capitulos() -> Mapping[str, Capitulo]:
    return {n: c for n, c in capitulos().items() if n not in DE_OTROS_TIEMPOS}


def _de_en_medio(epoca: Epoca) -> str:
    """The step of about the half, not one that asks the gateway: what it answered to who died is learnt at
    another instant."""
    nombres = [nombre for _cuando, nombre, _hacer in ordenados(_capitulos(), epoca)]
    return next(n for n in nombres[len(nombres) // 2 :] if not n.startswith("pagos.pasarela"))


def _foto(bd: Engine) -> dict[str, list[Any]]:
    with bd.connect() as conexion:
        conexion.execute(text("SET TIME ZONE 'America/La_Paz'"))
        foto = {que: [tuple(f) for f in conexion.execute(text(sql))] for que, sql in LO_MISMO.items()}
        conexion.execute(text("RESET TIME ZONE"))
    return foto


def _matar_a_la_mitad(epoca: Epoca) -> None:
    orden = [sys.executable, "-c", PROGRAMA, str(epoca.desde), epoca.hoy.isoformat(), _de_en_medio(epoca)]
    hecho = subprocess.run(
        orden, cwd=RAIZ, env=os.environ | {"PYTHONPATH": str(RAIZ)}, timeout=ESPERA_S, check=False
    )
    assert hecho.returncode == -signal.SIGKILL


def _contados(bd: Engine) -> int:
    with bd.connect() as conexion:
        consulta = text("SELECT count(*) FROM nucleo_auditoria WHERE accion = 'demo.sembrar'")
        return int(conexion.execute(consulta).scalar_one())


def test_contada_dos_veces_es_la_misma(
    bd: Engine, leer: Callable[..., list[Any]], request: pytest.FixtureRequest
) -> None:
    # Up to an afternoon: at midnight what is told now falls in one day or in the next one.
    epoca = Epoca.hasta(a_las(fecha_bolivia() - timedelta(days=1), 15), DURA)
    pasos = contar_corta(epoca)
    primera = _foto(bd)
    assert all(primera.values()), {que for que, filas in primera.items() if not filas}
    request.getfixturevalue("_limpiador").limpiar()

    _matar_a_la_mitad(epoca)
    contados = _contados(bd)
    assert 0 < contados < pasos
    assert contar_corta(Epoca.hasta(datetime.now(UTC), DURA)) == pasos - contados  # the one begun goes on

    segunda = _foto(bd)
    for que, filas in primera.items():
        una, otra = Counter(filas), Counter(segunda[que])
        assert (una - otra, otra - una) == (Counter(), Counter()), que
    modulos("verificar")
    assert {parte: fallas for parte in partes() if (fallas := verificar(parte))} == {}
    assert leer("SELECT count(*) FROM nucleo_entrega WHERE hecha_en IS NULL OR error IS NOT NULL") == [(0,)]
    assert contar_corta(epoca) == 0
