"""The whole story of the demonstration: spread over weeks, in order, and the same when told again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from ciudadania import actor_de_persona, contar_sin_leer, obtener_persona
from demostracion import personas, relato
from demostracion.capitulos.sembrar import sembrar_todo
from demostracion.relato import COMIENZO, Epoca, Paso, contar
from nucleo.bd import transaccion
from nucleo.ids import id_demo
from nucleo.reloj import ahora, ahora_bd, desfase
from nucleo.verificar import partes, verificar
from plataforma.habitaciones import modulos

Leer = Callable[..., list[tuple[Any, ...]]]


# What lives may end, or be looked at again, later than now.
TERMINOS = (
    "hasta",
    "vence_en",
    "consultar_en",
    "revisar_en",
    "caduca_en",
    "liberar_en",
    "sigue_en",
    "cortar_en",
)


def _en_el_futuro(leer: Leer) -> set[str]:
    """The columns that hold an instant to come, but for the terms of what lives."""
    columnas = leer(
        "SELECT table_name, column_name "
        "FROM information_schema.columns JOIN pg_class ON relname = table_name "
        "WHERE table_schema = 'public' AND relkind = 'r' AND data_type = 'timestamp with time zone'"
    )
    assert len(columnas) > 100
    return {
        f"{tabla}.{columna}"
        for tabla, columna in columnas
        if not columna.endswith(TERMINOS)
        and leer(f"SELECT EXISTS (SELECT FROM {tabla} WHERE {columna} > now())") == [(True,)]
    }


@pytest.mark.lento
def test_la_historia_llena_semanas_y_deja_pocos_avisos(bd: Engine, leer: Leer, sesion: Session) -> None:
    modulos("manejadores")
    assert sembrar_todo() > 2000
    assert desfase() == timedelta(0)
    assert leer("SELECT count(*) FROM nucleo_entrega WHERE hecha_en IS NULL") == [(0,)]

    # Something of everything in each month, but of what the other rooms tell of the last weeks.
    esperados = 12
    for tabla, columna in (
        ("pagos_transferencia", "creada_en"),
        ("pagos_orden", "creado_en"),
        ("pagos_intento", "creado_en"),
        ("pagos_solicitud", "creada_en"),
        ("pagos_planilla", "presentada_en"),
        ("pagos_cierre", "dia"),
        ("constancia_cabeza", "instante"),
        ("ciudadania_notificacion", "creado_en"),
        ("ciudadania_lectura", "leido_en"),
        ("registro_asiento", "instante"),
    ):
        (meses,) = leer(f"SELECT count(DISTINCT date_trunc('month', {columna})) FROM {tabla}")
        assert meses[0] >= esperados, tabla
    # Next week's rates, told before; an appointment that was made; the end of an auction that is open; until
    # when an order that both parties changed was to be delivered; when a guarantee's end is warned of; and
    # until when the market says that a call is open.
    con_fecha = {"envios_tarifario.vigente_desde", "comercio_cita.inicio", "comercio_cita.fin"}
    con_fecha |= {"feria_subasta_grupo.termina_en", "feria_modificacion.entregar_antes"}
    con_fecha |= {"feria_garantia.avisar_en", "feria_mercado_proceso.cierra_en"}
    assert _en_el_futuro(leer) == con_fecha
    modulos("verificar")
    assert {parte: fallas for parte in partes() if (fallas := verificar(parte))} == {}

    # No day holds more than a third of what was moved or told, and there are many days.
    for tabla, columna, dias in (
        ("pagos_transferencia", "creada_en", 20),
        ("comercio_pedido", "creado_en", 15),
        ("ciudadania_notificacion", "creado_en", 20),
        ("registro_asiento", "instante", 20),
        ("feria_convocatoria", "creado_en", 10),
    ):
        por_dia = [n for (n,) in leer(f"SELECT count(*) FROM {tabla} GROUP BY {columna}::date")]
        assert len(por_dia) >= dias, tabla
        assert max(por_dia) * 3 <= sum(por_dia), tabla
        assert leer(f"SELECT count(*) FROM {tabla} WHERE {columna} > now()") == [(0,)]
    # Sellers earn on several days: it is what their chart shows.
    ganancias = leer(
        "SELECT count(DISTINCT creada_en::date) FROM pagos_transferencia WHERE codigo = 3 GROUP BY credito"
    )
    assert max(ganancias, default=(0,)) >= (1,)

    sin_leer = {
        clave: contar_sin_leer(sesion, actor_de_persona(obtener_persona(sesion, id_demo(f"persona:{clave}"))))
        for clave in personas.PERSONAS
        if clave not in personas.SIN_SEMBRAR
    }
    assert max(sin_leer.values()) <= 8, sin_leer
    assert sum(sin_leer.values()) >= 5, sin_leer
    antes = leer("SELECT count(*), max(numero) FROM nucleo_auditoria")
    assert sembrar_todo() == 0
    assert leer("SELECT count(*), max(numero) FROM nucleo_auditoria") == antes


def test_se_cuenta_en_orden_y_sigue_donde_se_corto(bd: Engine) -> None:
    dichos: list[tuple[str, Any]] = []
    hoy = datetime.now(UTC)

    def decir(nombre: str, dias: int, falla: bool = False) -> Paso:
        def hacer(sesion: Session) -> None:
            assert not falla, "se cortó"
            reloj_bd = sesion.connection().execute(text("SELECT nucleo_ahora()")).scalar_one()
            assert abs(reloj_bd - ahora()) < timedelta(minutes=1)
            dichos.append((nombre, (hoy - reloj_bd).days))

        return Paso(hoy - timedelta(days=dias, minutes=-1), nombre, hacer)

    epocas: list[Epoca] = []

    def uno(epoca: Epoca) -> list[Paso]:
        epocas.append(epoca)
        return [decir("tarde", 1), decir("temprano", 9), decir("mañana", -2)]

    with pytest.raises(AssertionError, match="se cortó"):
        contar({"uno": uno, "otro": lambda _epoca: [decir("medio", 5, falla=True)]})
    assert dichos == [("temprano", 8)]
    assert desfase() == timedelta(0)
    assert contar({"uno": uno, "otro": lambda _epoca: [decir("medio", 5)]}) == 2
    assert [nombre for nombre, _dias in dichos] == ["temprano", "medio", "tarde"]
    assert epocas[0] == epocas[1], "it goes on with the time that it began to tell"


def test_el_reloj_no_retrocede(bd: Engine) -> None:
    """Two things at one instant: what the first took is not lived twice."""
    cuando = datetime.now(UTC) - timedelta(days=3)
    instantes: list[datetime] = []

    def mirar(sesion: Session) -> None:
        instantes.append(ahora_bd(sesion))

    assert contar({"uno": lambda _epoca: [Paso(cuando, f"paso {n}", mirar) for n in range(5)]}) == 5
    assert instantes == sorted(set(instantes))
    assert timedelta(0) < instantes[0] - cuando < instantes[-1] - cuando < timedelta(minutes=1)


def test_lo_que_una_version_anterior_sembro_no_se_repite(bd: Engine) -> None:
    """It did not write when its story begins."""
    from nucleo.actor import Actor
    from nucleo.auditoria import auditar, objetos_de

    with transaccion() as sesion:
        auditar(sesion, Actor.sistema("demostracion"), relato.ACCION, "paso", "pagos: recargas")
    assert sembrar_todo() == 0
    with transaccion() as sesion:
        assert objetos_de(sesion, COMIENZO) == set()
