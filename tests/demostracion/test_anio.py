"""The story told twice is the same story, also when the second telling was killed half way and went on."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from demostracion.capitulos.sembrar import cargar
from demostracion.relato import Capitulo, Epoca, a_las, capitulos, contar, ordenados
from nucleo.reloj import fecha_bolivia
from nucleo.verificar import partes, verificar
from plataforma.habitaciones import modulos

RAIZ = Path(__file__).resolve().parents[2]
# they need months before them
DE_OTROS_TIEMPOS = {
    "comercio",
    "comercio.contratiempos",
    "feria_inversa",
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
contar_corta(Epoca(date.fromisoformat(sys.argv[1]), datetime.fromisoformat(sys.argv[2])))
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


def contar_corta(epoca: Epoca) -> int:
    """Five weeks of the registry and of payments."""
    modulos("manejadores")
    cargar()
    return contar(_capitulos(), epoca)


def _capitulos() -> Mapping[str, Capitulo]:
    return {n: c for n, c in capitulos().items() if n not in DE_OTROS_TIEMPOS}


def _mitad(epoca: Epoca) -> int:
    """How many steps are told when it is killed: about half, and none of the next ones asks the gateway, for
    what it answered to who died is learnt at another instant."""
    nombres = [nombre for _cuando, nombre, _hacer in ordenados(_capitulos(), epoca)]
    mitad = len(nombres) // 2
    while any(nombre.startswith("pagos.pasarela") for nombre in nombres[mitad : mitad + 12]):
        mitad += 1
    return mitad


def _foto(bd: Engine) -> dict[str, list[Any]]:
    with bd.connect() as conexion:
        conexion.execute(text("SET TIME ZONE 'America/La_Paz'"))
        foto = {que: [tuple(f) for f in conexion.execute(text(sql))] for que, sql in LO_MISMO.items()}
        conexion.execute(text("RESET TIME ZONE"))
    return foto


def _matar_a_la_mitad(epoca: Epoca, bd: Engine, pasos: int) -> None:
    """kill -9 once the trail says that so many steps were told."""
    orden = [sys.executable, "-c", PROGRAMA, str(epoca.desde), epoca.hoy.isoformat()]
    with subprocess.Popen(orden, cwd=RAIZ, env=os.environ | {"PYTHONPATH": str(RAIZ)}) as proceso:
        try:
            limite = time.monotonic() + ESPERA_S
            while _contados(bd) < pasos:
                assert proceso.poll() is None, "it ended before it was killed"
                assert time.monotonic() < limite
                time.sleep(0.1)
        finally:
            proceso.send_signal(signal.SIGKILL)


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

    _matar_a_la_mitad(epoca, bd, _mitad(epoca))
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
