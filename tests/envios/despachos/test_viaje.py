"""A bag from one agency to another: filled, sealed, sent, received; what does not fit, and what time does."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from envios.despachos.despachos import cargar, descargar, deshacer_despacho, despachar, preparar_despacho
from envios.despachos.diferencias import explicar, responder
from envios.despachos.errores import (
    NoEstaDentro,
    NoLeToca,
    OtroCamino,
    PasoDeDespacho,
    PasoDeDiferencia,
    PasoDeSaca,
    SinCarga,
    YaEstaDentro,
)
from envios.despachos.estados import ClaseDiferencia, EstadoDespacho, EstadoDiferencia, EstadoSaca
from envios.despachos.modelos import Carga, Despacho, Diferencia, Saca
from envios.despachos.numeros import Cosa, leer_numero, numero_de
from envios.despachos.recibir import cerrar_recepcion, recibir, recibir_todo, vaciar_saca
from envios.despachos.sacas import abrir_saca, cerrar_saca, deshacer_saca, meter, reabrir_saca, sacar
from envios.despachos.tareas import vencer_todo
from envios.eventos import OtroOperador, incidencias_abiertas
from envios.items import EnvioTerminado, EstadoEnvio, envio_por_id
from envios.operadores import cerrar_agencia
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos, ErrorDominio, Prohibido
from tests.envios.despachos.conftest import Red, sin_faltas

pytestmark = pytest.mark.usefixtures("en_orden")


def hacer(caso: Any, *argumentos: Any, **opciones: Any) -> Any:
    with transaccion() as sesion:
        return caso(sesion, *argumentos, **opciones)


def negado(error: type[ErrorDominio], caso: Any, *argumentos: Any, **opciones: Any) -> ErrorDominio:
    """The use case refuses; the transaction goes with it."""
    with pytest.raises(error) as visto, transaccion() as sesion:
        caso(sesion, *argumentos, **opciones)
    return visto.value


def saca_cerrada(red: Red, *envios: Any, a: Any = None, precinto: str = "PR-0001") -> Saca:
    saca = hacer(abrir_saca, red.en_la_paz, red.la_paz.id, (a or red.potosi).id)
    for envio in envios:
        hacer(meter, red.en_la_paz, saca.id, envio.numero)
    return hacer(cerrar_saca, red.en_la_paz, saca.id, precinto, 5000)


def despacho_de(red: Red, *codigos: str, a: Any = None, sale: bool = True) -> Despacho:
    despacho = hacer(
        preparar_despacho,
        red.en_la_paz,
        red.la_paz.id,
        (a or red.potosi).id,
        vehiculo="1852-PHD",
        conductor="Transportes del Sur",
    )
    for codigo in codigos:
        hacer(cargar, red.en_la_paz, despacho.id, codigo)
    return hacer(despachar, red.en_la_paz, despacho.id) if sale else despacho


def diferencias(**filtro: Any) -> list[tuple[str, str]]:
    with transaccion() as sesion:
        filas = sesion.exec(select(Diferencia).filter_by(**filtro)).all()
        return sorted((f.clase.value, f.estado.value) for f in filas)


def estado(envio: Any) -> EstadoEnvio:
    with transaccion() as sesion:
        return envio_por_id(sesion, envio.id).estado


# --- Numbers ----------------------------------------------------------------------------------------------


def test_numeros_propios() -> None:
    assert numero_de(Cosa.SACA, 1) == "SA00000013"
    assert leer_numero(" sa-0000001 3 ") == (Cosa.SACA, 1)
    assert leer_numero("RR473124829BO") is None
    assert leer_numero("DE00000013") == (Cosa.DESPACHO, 1)
    for malo in ("SA00000012", "SA00000103", "SA00000000"):
        with pytest.raises(DatosInvalidos):
            leer_numero(malo)


# --- The whole road ---------------------------------------------------------------------------------------


def test_de_una_agencia_a_otra(red: Red) -> None:
    uno, otro, suelto = red.envio(), red.envio(), red.envio(destino_municipio_ine="050101")
    saca = saca_cerrada(red, uno, otro)
    despacho = despacho_de(red, saca.numero, suelto.numero)
    assert (despacho.sacas, despacho.envios, despacho.peso_g) == (1, 3, 5000 + suelto.peso_g)
    assert red.codigos(uno.id) == ["EMA", "QHSS"]
    assert red.codigos(suelto.id) == ["EMA", "EMC"]

    llegada = hacer(recibir, red.en_potosi, despacho.id, saca.numero, peso_g=5040)
    assert (llegada.saca.estado, llegada.sobra, llegada.repetida) == (EstadoSaca.RECIBIDA, False, False)
    for envio in (otro, uno, suelto, uno):
        hacer(recibir, red.en_potosi, despacho.id, envio.numero)
    hacer(vaciar_saca, red.en_potosi, saca.id)
    assert hacer(cerrar_recepcion, red.en_potosi, despacho.id).estado is EstadoDespacho.RECIBIDO

    assert red.codigos(uno.id) == ["EMA", "QHSS", "QHSE"]
    assert red.codigos(suelto.id) == ["EMA", "EMC", "EMG"]
    assert estado(uno) is EstadoEnvio.EN_TRANSITO
    assert diferencias() == []


def test_todo_llego_de_una_vez(red: Red) -> None:
    envios = [red.envio() for _ in range(3)]
    saca = saca_cerrada(red, *envios[:2])
    despacho = despacho_de(red, saca.numero, envios[2].numero)
    hacer(recibir, red.en_potosi, despacho.id, envios[0].numero)

    recibido = hacer(recibir_todo, red.en_potosi, despacho.id)

    assert recibido.estado is EstadoDespacho.RECIBIDO
    assert [red.codigos(e.id)[-1] for e in envios] == ["QHSE", "QHSE", "EMJ"]
    assert diferencias() == []
    negado(PasoDeDespacho, recibir_todo, red.en_potosi, despacho.id)


def test_un_envio_en_una_sola_carga(red: Red) -> None:
    envio = red.envio()
    primera = hacer(abrir_saca, red.en_la_paz, red.la_paz.id, red.potosi.id)
    segunda = hacer(abrir_saca, red.en_la_paz, red.la_paz.id, red.potosi.id)
    for _ in range(2):
        hacer(meter, red.en_la_paz, primera.id, envio.numero)
    error = negado(YaEstaDentro, meter, red.en_la_paz, segunda.id, envio.numero)
    assert primera.numero in error.detalle
    despacho = despacho_de(red, sale=False)
    negado(YaEstaDentro, cargar, red.en_la_paz, despacho.id, envio.numero)

    hacer(sacar, red.en_la_paz, primera.id, envio.id)
    negado(NoEstaDentro, sacar, red.en_la_paz, primera.id, envio.id)
    hacer(meter, red.en_la_paz, segunda.id, envio.numero)
    with transaccion() as sesion:
        assert [c.estado for c in sesion.exec(select(Carga).order_by(Carga.entro_en))] == ["sacada", "dentro"]


def test_lo_que_ya_esta_donde_va(red: Red) -> None:
    """It is taken away from there only by who insists; what goes further says that it passes through."""
    llego = red.envio(destino_municipio_ine="020101")
    saca = hacer(abrir_saca, red.en_la_paz, red.la_paz.id, red.potosi.id)
    despacho, traspaso = despacho_de(red, sale=False), despacho_de(red, a=red.sucre, sale=False)
    for caso, donde in ((meter, saca), (cargar, despacho), (cargar, traspaso)):
        error = negado(NoLeToca, caso, red.en_la_paz, donde.id, llego.numero)
        assert "va a La Paz, La Paz y ya está ahí" in error.detalle
    with transaccion() as sesion:
        assert sesion.exec(select(Carga)).all() == []
    hacer(meter, red.en_la_paz, saca.id, llego.numero, insiste=True)
    hacer(meter, red.en_la_paz, saca.id, llego.numero)  # read again: it is in already
    hacer(cargar, red.en_la_paz, despacho.id, red.envio(destino_municipio_ine="050101").numero)


def test_lo_que_no_se_puede(red: Red) -> None:
    envio, ajeno = red.envio(), red.reparto.enviar()
    saca = hacer(abrir_saca, red.en_la_paz, red.la_paz.id, red.potosi.id)
    negado(Prohibido, meter, red.en_potosi, saca.id, envio.numero)
    negado(OtroOperador, meter, red.en_la_paz, saca.id, ajeno.numero)
    negado(SinCarga, cerrar_saca, red.en_la_paz, saca.id, "PR-1", 500)
    hacer(meter, red.en_la_paz, saca.id, envio.numero)
    for precinto, peso in (("", 500), ("ñandú", 500), ("PR-1", 0), ("PR-1", 1_000_001)):
        negado(DatosInvalidos, cerrar_saca, red.en_la_paz, saca.id, precinto, peso)
    despacho = despacho_de(red, sale=False)
    negado(SinCarga, despachar, red.en_la_paz, despacho.id)
    negado(PasoDeSaca, cargar, red.en_la_paz, despacho.id, saca.numero)
    negado(PasoDeDespacho, recibir, red.en_potosi, despacho.id, envio.numero)
    hacer(cerrar_saca, red.en_la_paz, saca.id, "pr-1", 500)
    negado(PasoDeSaca, sacar, red.en_la_paz, saca.id, envio.id)
    negado(PasoDeSaca, meter, red.en_la_paz, saca.id, red.envio().numero)
    a_sucre = despacho_de(red, a=red.sucre, sale=False)
    negado(OtroCamino, cargar, red.en_la_paz, a_sucre.id, saca.numero)
    hacer(cargar, red.en_la_paz, despacho.id, saca.numero)
    negado(OtroCamino, reabrir_saca, red.en_la_paz, saca.id)
    negado(OtroCamino, deshacer_saca, red.en_la_paz, saca.id)
    negado(DatosInvalidos, abrir_saca, red.en_la_paz, red.la_paz.id, red.la_paz.id)
    hacer(cerrar_agencia, red.actor(red.jefa), red.potosi.id, "Se mudó")
    negado(DatosInvalidos, abrir_saca, red.en_la_paz, red.la_paz.id, red.potosi.id)


def test_reabrir_bajar_y_deshacer(red: Red) -> None:
    envio = red.envio()
    saca = saca_cerrada(red, envio)
    despacho = despacho_de(red, saca.numero, sale=False)
    hacer(descargar, red.en_la_paz, despacho.id, saca.id)
    abierta = hacer(reabrir_saca, red.en_la_paz, saca.id)
    assert (abierta.estado, abierta.precinto, abierta.peso_g) == (EstadoSaca.ABIERTA, None, None)
    hacer(cerrar_saca, red.en_la_paz, saca.id, "PR-0002", 4000)
    hacer(cargar, red.en_la_paz, despacho.id, saca.numero)

    hacer(deshacer_despacho, red.en_la_paz, despacho.id)
    hacer(deshacer_saca, red.en_la_paz, saca.id)

    assert red.codigos(envio.id) == ["EMA"]
    hacer(
        meter, red.en_la_paz, hacer(abrir_saca, red.en_la_paz, red.la_paz.id, red.potosi.id).id, envio.numero
    )


def test_uno_terminado_no_viaja(red: Red) -> None:
    envio = red.envio()
    from envios.eventos import EventoNuevo, Fuente, QuienRecibe, exigir_registrado, registrar_evento

    with transaccion() as sesion:
        vuelto = EventoNuevo("EMI", envio.id, entregado_a=QuienRecibe.REMITENTE)
        exigir_registrado(registrar_evento(sesion, red.en_la_paz, envio.id, vuelto, Fuente.PAGINA))
    saca = hacer(abrir_saca, red.en_la_paz, red.la_paz.id, red.potosi.id)
    negado(EnvioTerminado, meter, red.en_la_paz, saca.id, envio.numero)


# --- Differences ------------------------------------------------------------------------------------------


def test_precinto_peso_y_faltante(red: Red, reloj: Any) -> None:
    esta, falta = red.envio(), red.envio()
    saca = saca_cerrada(red, esta, falta)
    despacho = despacho_de(red, saca.numero)
    hacer(recibir, red.en_potosi, despacho.id, saca.numero, precinto_intacto=False, peso_g=4200)
    hacer(recibir, red.en_potosi, despacho.id, esta.numero)
    hacer(vaciar_saca, red.en_potosi, saca.id)
    assert diferencias() == [
        ("faltante", "abierta"),
        ("peso_distinto", "abierta"),
        ("precinto_roto", "abierta"),
    ]
    assert diferencias(envio_id=falta.id) == [("faltante", "abierta")]
    with transaccion() as sesion:
        assert incidencias_abiertas(sesion, falta.id) == []

    reloj.adelantar(timedelta(days=5, minutes=1))
    vencer_todo()

    assert diferencias(envio_id=falta.id) == [("faltante", "vencida")]
    assert red.codigos(falta.id) == ["EMA", "QHSS", "QHFA"]
    with transaccion() as sesion:
        (incidencia,) = incidencias_abiertas(sesion, falta.id)
        assert incidencia.clase == "falta_en_despacho"
        assert envio_por_id(sesion, falta.id).estado is EstadoEnvio.EN_TRANSITO
        assert sin_faltas(sesion) == []

    llegada = hacer(recibir, red.en_potosi, despacho.id, falta.numero)  # it was under the seat
    assert (llegada.sobra, llegada.repetida) == (False, False)
    assert diferencias(envio_id=falta.id) == [("faltante", "encontrada")]
    with transaccion() as sesion:
        assert incidencias_abiertas(sesion, falta.id) == []


def test_una_saca_que_no_llega_y_aparece(red: Red, reloj: Any) -> None:
    envios = [red.envio(), red.envio()]
    saca = saca_cerrada(red, *envios)
    despacho = despacho_de(red, saca.numero)
    hacer(cerrar_recepcion, red.en_potosi, despacho.id)
    assert diferencias(saca_id=saca.id) == [("faltante", "abierta")]
    reloj.adelantar(timedelta(days=5, minutes=1))
    vencer_todo()
    with transaccion() as sesion:
        assert [i.clase for e in envios for i in incidencias_abiertas(sesion, e.id)] == [
            "falta_en_despacho"
        ] * 2

    hacer(recibir, red.en_potosi, despacho.id, saca.numero)
    assert diferencias(saca_id=saca.id) == [("faltante", "encontrada")]
    hacer(recibir, red.en_potosi, despacho.id, envios[0].numero)
    reloj.adelantar(timedelta(days=3, minutes=1))
    vencer_todo()  # nobody emptied it
    assert diferencias(envio_id=envios[1].id) == [("faltante", "abierta")]
    with transaccion() as sesion:
        assert sesion.get_one(Saca, saca.id).estado is EstadoSaca.VACIADA
        assert [i.clase for e in envios for i in incidencias_abiertas(sesion, e.id)] == ["falta_en_despacho"]


def test_sobrante_que_faltaba_en_otro(red: Red) -> None:
    """It was missing of one manifest and comes in the next one: missing there no more."""
    perdido, otro = red.envio(), red.envio()
    primero = despacho_de(red, perdido.numero)
    hacer(cerrar_recepcion, red.en_potosi, primero.id)
    assert diferencias() == [("faltante", "abierta")]
    segundo = despacho_de(red, otro.numero)

    llegada = hacer(recibir, red.en_potosi, segundo.id, perdido.numero)

    assert llegada.sobra
    assert diferencias() == [("faltante", "encontrada"), ("sobrante", "encontrada")]
    assert red.codigos(perdido.id) == ["EMA", "EMC", "EMJ"]
    assert hacer(recibir, red.en_potosi, segundo.id, perdido.numero).repetida


def test_sobrante_que_nadie_anoto(red: Red) -> None:
    colado, otro = red.envio(), red.envio()
    despacho = despacho_de(red, otro.numero)
    assert hacer(recibir, red.en_potosi, despacho.id, colado.numero).sobra
    assert hacer(recibir, red.en_potosi, despacho.id, colado.numero).repetida
    assert diferencias() == [("sobrante", "abierta")]
    assert red.codigos(colado.id) == ["EMA", "EMJ"]
    en_otra = red.envio()
    saca = hacer(abrir_saca, red.en_la_paz, red.la_paz.id, red.potosi.id)
    hacer(meter, red.en_la_paz, saca.id, en_otra.numero)
    error = negado(YaEstaDentro, recibir, red.en_potosi, despacho.id, en_otra.numero)
    assert saca.numero in error.detalle


def test_explicar_aceptar_y_rechazar(red: Red, reloj: Any) -> None:
    falta = red.envio()
    despacho = despacho_de(red, falta.numero)
    hacer(cerrar_recepcion, red.en_potosi, despacho.id)
    with transaccion() as sesion:
        id = sesion.exec(select(Diferencia.id)).one()
    negado(PasoDeDiferencia, responder, red.en_potosi, id, True)
    hacer(explicar, red.en_la_paz, id, "Se quedó en el estante")
    negado(Prohibido, responder, red.en_la_paz, id, True)
    negado(Prohibido, responder, red.actor(red.reparto.ajeno), id, True)
    hacer(responder, red.en_potosi, id, False)
    assert diferencias() == [("faltante", "abierta")]
    hacer(explicar, red.en_la_paz, id, "Va en el siguiente")
    reloj.adelantar(timedelta(days=5, minutes=1))
    vencer_todo()
    assert diferencias() == [("faltante", "cerrada")]
    assert red.codigos(falta.id) == ["EMA", "EMC"]

    hacer(
        meter, red.en_la_paz, hacer(abrir_saca, red.en_la_paz, red.la_paz.id, red.potosi.id).id, falta.numero
    )
    assert diferencias() == [("faltante", "encontrada")]


# --- Time -------------------------------------------------------------------------------------------------


def test_el_tiempo_termina_todo(red: Red, reloj: Any) -> None:
    """Nobody does anything more: every life ends, and the items are incidents or free."""
    en_abierta, en_cerrada, cargado, viajero = (red.envio() for _ in range(4))
    abierta = hacer(abrir_saca, red.en_la_paz, red.la_paz.id, red.potosi.id)
    hacer(meter, red.en_la_paz, abierta.id, en_abierta.numero)
    cerrada = saca_cerrada(red, en_cerrada)
    parado = despacho_de(red, cargado.numero, sale=False)
    hacer(cargar, red.en_la_paz, parado.id, cerrada.numero)
    despacho_de(red, viajero.numero)
    for _ in range(4):
        reloj.adelantar(timedelta(days=10, minutes=1))
        vencer_todo()
    with transaccion() as sesion:
        assert {s.estado for s in sesion.exec(select(Saca))} == {EstadoSaca.DESHECHA}
        assert {d.estado for d in sesion.exec(select(Despacho))} == {
            EstadoDespacho.DESHECHO,
            EstadoDespacho.RECIBIDO,
        }
        (unica,) = sesion.exec(select(Diferencia)).all()
        assert (unica.clase, unica.estado) == (ClaseDiferencia.FALTANTE, EstadoDiferencia.VENCIDA)
        assert sesion.exec(select(Carga).where(Carga.estado == "dentro")).all() == []


# --- Hand-over --------------------------------------------------------------------------------------------


def test_traspaso_entre_operadores(red: Red, suspender: Any) -> None:
    uno, otro, falta = (red.envio() for _ in range(3))
    saca = saca_cerrada(red, uno, falta, a=red.sucre)
    despacho = despacho_de(red, saca.numero, otro.numero, a=red.sucre)
    assert despacho.es_traspaso
    assert red.codigos(uno.id) == ["EMA", "QHTE"]
    with transaccion() as sesion:
        assert envio_por_id(sesion, uno.id).custodio_unidad_id == red.correos.id
    negado(Prohibido, recibir, red.en_la_paz, despacho.id, uno.numero)
    suspender(red.correos.id)  # on the road: who takes it over does so all the same
    for codigo in (saca.numero, uno.numero, otro.numero):
        hacer(recibir, red.en_sucre, despacho.id, codigo)
    hacer(cerrar_recepcion, red.en_sucre, despacho.id)

    assert red.codigos(uno.id) == ["EMA", "QHTE", "QHTR"]
    with transaccion() as sesion:
        quienes = [envio_por_id(sesion, e.id).custodio_unidad_id for e in (uno, otro, falta)]
    assert quienes == [red.rapidos.id, red.rapidos.id, red.correos.id]
    assert diferencias() == [("faltante", "abierta")]


# --- verify sees -------------------------------------------------------------------------------------------


def test_verify_ve_lo_que_alguien_forzo(red: Red, duenio: Any) -> None:
    envio, otro = red.envio(), red.envio()
    despacho = despacho_de(red, envio.numero)
    saca = saca_cerrada(red, otro)

    def forzado(orden: str, **datos: Any) -> list[str]:
        with duenio.connect() as conexion:
            for tabla in ("evento", "carga", "saca", "despacho"):
                conexion.execute(text(f"ALTER TABLE envios_{tabla} DISABLE TRIGGER USER"))
            conexion.execute(text(orden), datos)
            with Session(bind=conexion) as vista:
                faltas = sin_faltas(vista)
            conexion.rollback()
            return faltas

    por_despacho = {"id": despacho.id}
    assert forzado("SELECT 1") == []
    assert any("no lo dice" in f for f in forzado("DELETE FROM envios_evento WHERE codigo = 'EMC'"))
    (suma,) = forzado("UPDATE envios_despacho SET envios = 2 WHERE id = :id", **por_despacho)
    assert "no suma" in suma
    faltas = forzado(
        "UPDATE envios_carga SET estado = 'faltante', salio_en = now() WHERE despacho_id = :id",
        **por_despacho,
    )
    assert any("ninguna diferencia" in f for f in faltas)
    (dentro,) = forzado("UPDATE envios_saca SET estado = 'deshecha' WHERE id = :id", id=saca.id)
    assert "ya no lleva nada" in dentro


@pytest.mark.parametrize(
    "orden",
    [
        "UPDATE envios_saca SET precinto = 'OTRO-1'",
        "UPDATE envios_saca SET peso_g = 1",
        "UPDATE envios_saca SET estado = 'en_camino'",
        "UPDATE envios_saca SET estado = 'abierta'",
        "UPDATE envios_carga SET estado = 'sacada', salio_en = now()",
        "UPDATE envios_carga SET estado = 'llegada', salio_en = now()",
        "UPDATE envios_despacho SET estado = 'recibido', recibido_en = now()",
        "INSERT INTO envios_carga (id, envio_id, saca_id, estado, entro_por)"
        " SELECT gen_random_uuid(), :otro, id, 'dentro', 'x' FROM envios_saca",
        "INSERT INTO envios_carga (id, envio_id, despacho_id, estado, entro_por)"
        " SELECT gen_random_uuid(), :envio, id, 'dentro', 'x' FROM envios_despacho",
    ],
)
def test_la_base_no_deja(red: Red, duenio: Any, orden: str) -> None:
    """What a sealed bag holds and says does not change, nor is an item in two places, whoever writes."""
    from sqlalchemy.exc import IntegrityError, InternalError, ProgrammingError

    envio, otro = red.envio(), red.envio()
    saca_cerrada(red, envio)
    despacho_de(red, sale=False)
    with duenio.connect() as conexion, pytest.raises((IntegrityError, InternalError, ProgrammingError)):
        conexion.execute(text(orden), {"envio": envio.id, "otro": otro.id})
