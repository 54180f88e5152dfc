"""What an entity says that its treasury paid: of when, once, corrected, answered, and not by silence for
good."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError, ProgrammingError

import comercio
from ciudadania import SesionNoReciente
from comercio.comprometidos import PagoFuera, anotar_pago_fuera, pagos_dichos, responder_pago_fuera
from comercio.comprometidos.errores import ComprobanteRepetido
from comercio.comprometidos.tareas import revisar_compromisos
from comercio.custodia import por_silencio
from comercio.custodia.modelos import Compromiso
from comercio.pedidos import manejadores
from nucleo.actor import Autorizacion
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.reloj import ZONA, ahora, ahora_bd, fecha_bolivia
from nucleo.vidas import TransicionInvalida
from pagos.presupuesto import certificar
from tests.comercio.comprometidos.ayudas import Ente
from tests.comercio.conftest import Mercado

assert manejadores  # they listen to the parcels
Leer = Callable[..., list[tuple[Any, ...]]]
ESTADO = "SELECT estado FROM comercio_compromiso"
DICHOS = "SELECT que, comprobante, quien <> '' FROM comercio_pago_dicho ORDER BY pedido_id, numero"
AVISOS = "SELECT count(*) FROM ciudadania_notificacion WHERE asunto LIKE :asunto"


@pytest.fixture(autouse=True)
def _en_mayo(mercado: Mercado, ente: Ente) -> None:
    """Far from the end of its year."""
    mercado.reloj.situar(datetime(2028, 5, 4, 10, tzinfo=ZONA))


def _recibido(mercado: Mercado, ente: Ente, precio: str = "100.00") -> Any:
    pedido = ente.pedido((mercado.publicar(precio=precio), 1))
    mercado.llevar(pedido, "EMA", "EMI")
    with transaccion() as sesion:
        comercio.dar_conformidad(sesion, ente.actor, pedido.id)
    return pedido


def _anotar(
    ente: Ente, pedido: Any, comprobante: str = "4471", fecha: date | None = None, **mas: Any
) -> None:
    with transaccion() as sesion:
        pago = PagoFuera(comprobante, fecha or fecha_bolivia(ahora()), **mas)
        anotar_pago_fuera(sesion, ente.pagadora, pedido.id, pago)


def _responder(mercado: Mercado, pedido: Any, *, llego: bool) -> None:
    with transaccion() as sesion:
        responder_pago_fuera(sesion, mercado.actor_vendedor, pedido.id, llego=llego)


def _escribir(sentencia: str) -> None:
    """As the application's role."""
    with transaccion() as sesion:
        sesion.connection().exec_driver_sql(sentencia)


def test_no_paga_antes_de_recibir(mercado: Mercado, ente: Ente, leer: Leer) -> None:
    """The day before its reception is none of its payment, whoever writes it; that very day is."""
    pedido = _recibido(mercado, ente)
    recibido = fecha_bolivia(ahora())
    mercado.reloj.adelantar(timedelta(days=3))
    with pytest.raises(DatosInvalidos, match="el C-31 que lo paga no es de antes"):
        _anotar(ente, pedido, fecha=recibido - timedelta(days=1))
    assert leer(ESTADO) == [("vigente",)]
    _anotar(ente, pedido, fecha=recibido)
    with pytest.raises(IntegrityError, match="no es de antes"):
        _escribir(
            "UPDATE comercio_compromiso SET comprobante_fecha = comprobante_fecha - 1,"
            " dicho_en = nucleo_ahora()"
        )


def test_un_numero_que_ya_se_dijo_de_otro_pedido(mercado: Mercado, ente: Ente, leer: Leer) -> None:
    """It is said so; who knows that it paid both says it, and who sells the other one learns it."""
    uno, otro = _recibido(mercado, ente), _recibido(mercado, ente)
    _anotar(ente, uno, "c-4471")
    with pytest.raises(ComprobanteRepetido, match=uno.numero):
        _anotar(ente, otro, "C-4471")
    assert leer("SELECT count(*) FROM comercio_pago_dicho") == [(1,)]
    _anotar(ente, otro, "C-4471", repetido=True)
    repetido = "SELECT count(*) FROM ciudadania_notificacion WHERE cuerpo LIKE '%mismo C-31 en otro pedido%'"
    assert leer(repetido)[0][0] >= 1


def test_se_corrige_mientras_nadie_responde(mercado: Mercado, ente: Ente, leer: Leer) -> None:
    """Each thing that was said stays; the term to answer begins anew; the same again is no correction."""
    pedido = _recibido(mercado, ente)
    _anotar(ente, pedido, "4417")
    (antes,) = leer("SELECT responder_hasta FROM comercio_compromiso")
    mercado.reloj.adelantar(timedelta(days=3))
    with pytest.raises(TransicionInvalida, match="ya está anotado"):
        _anotar(ente, pedido, "4417", fecha_bolivia(ahora()) - timedelta(days=3))
    _anotar(ente, pedido, "4471")
    (despues,) = leer("SELECT responder_hasta FROM comercio_compromiso")
    assert despues > antes
    _responder(mercado, pedido, llego=False)
    _anotar(ente, pedido, "4498")
    _responder(mercado, pedido, llego=True)
    assert leer(DICHOS) == [
        ("pago", "4417", True),
        ("correccion", "4471", True),
        ("no_llego", "4471", True),
        ("pago", "4498", True),
        ("llego", "4498", True),
    ]
    assert leer(ESTADO) == [("recibido",)]
    with pytest.raises(TransicionInvalida):
        _anotar(ente, pedido, "4499")
    with pytest.raises(TransicionInvalida):  # they said that it came: that stays
        _responder(mercado, pedido, llego=False)
    with transaccion() as sesion:
        assert [d.comprobante for d in pagos_dichos(sesion, pedido.id)] == [n for _q, n, _s in leer(DICHOS)]


def test_se_recuerda_antes_de_que_el_silencio_diga_algo(mercado: Mercado, ente: Ente, leer: Leer) -> None:
    pedido = _recibido(mercado, ente)
    _anotar(ente, pedido)
    ((hasta,),) = leer("SELECT responder_hasta FROM comercio_compromiso")
    mercado.reloj.situar(hasta - timedelta(days=2, minutes=1))
    assert revisar_compromisos() == 0
    mercado.reloj.situar(hasta - timedelta(days=2))
    asunto = f"¿Llegó el pago del pedido {pedido.numero}?"
    assert (revisar_compromisos(), revisar_compromisos()) == (1, 0)
    assert leer(AVISOS, asunto=asunto)[0][0] >= 1
    mercado.reloj.situar(hasta)
    assert revisar_compromisos() == 1
    assert leer(DICHOS) == [("pago", "4471", True), ("silencio", "4471", False)]


def _por_silencio(mercado: Mercado, ente: Ente) -> Any:
    pedido = _recibido(mercado, ente)
    _anotar(ente, pedido)
    mercado.reloj.adelantar(timedelta(days=30))
    assert revisar_compromisos() == 1
    return pedido


def test_lo_que_dijo_el_silencio_se_desmiente_en_su_anio(
    mercado: Mercado, ente: Ente, leer: Leer, sesion_web: Callable[..., Any], autoridad: Any
) -> None:
    """It is owed again, the authority learns it, and it is paid as any debt."""
    pedido = _por_silencio(mercado, ente)
    suya = f"/vender/pedidos/{pedido.id}"
    vendedora = sesion_web(mercado.vendedor)
    assert suya + "/pago-de-entidad" in vendedora.get(suya).text
    assert "se dio por llegado" in vendedora.get(suya + "/pago-de-entidad").text
    with pytest.raises(TransicionInvalida):
        _responder(mercado, pedido, llego=True)
    _responder(mercado, pedido, llego=False)
    assert leer("SELECT estado, terminado_en FROM comercio_compromiso") == [("adeudado", None)]
    assert leer(DICHOS)[-1][0] == "no_llego"
    a_la_autoridad = (
        "SELECT count(*) FROM ciudadania_notificacion WHERE cuerpo LIKE '%se dieron por llegados%'"
    )
    assert leer(a_la_autoridad) == [(1,)]
    ente.abonar(ente.unidad, "100.00")
    with transaccion() as sesion:
        comercio.pagar_de_entidad(sesion, ente.pagadora, pedido.id)
    assert leer(ESTADO) == [("pagado",)]


def test_pasado_el_anio_no_se_desmiente(mercado: Mercado, ente: Ente, leer: Leer) -> None:
    pedido = _por_silencio(mercado, ente)
    mercado.reloj.situar(datetime(2028, 12, 31, 23, 59, tzinfo=ZONA))
    with transaccion() as sesion:
        assert por_silencio(sesion.get_one(Compromiso, pedido.id), ahora_bd(sesion))
    mercado.reloj.situar(datetime(2029, 1, 1, 0, 0, tzinfo=ZONA))
    with pytest.raises(TransicionInvalida):
        _responder(mercado, pedido, llego=False)
    assert leer(ESTADO) == [("recibido",)]


def test_la_base_no_da_por_recibido_antes_de_su_plazo(mercado: Mercado, ente: Ente, leer: Leer) -> None:
    """Whatever program writes it: who sells answers, by a mandate that lets them, or their term does."""
    pedido = _recibido(mercado, ente)
    _anotar(ente, pedido)
    recibido = (
        "UPDATE comercio_compromiso SET estado = 'recibido', responder_hasta = NULL, recordar_en = NULL,"
        " terminado_en = nucleo_ahora()"
    )
    quien = (
        ", respondio = 'X', respondio_en = nucleo_ahora(), respondio_id = '{}', respondio_mandatos = '{{{}}}'"
    )
    carla = ente.pagadora.persona_id
    mandato = leer("SELECT id FROM registro_mandato WHERE apoderado_persona_id = :carla", carla=carla)[0][0]
    for respuesta, falta in (
        ("", "sin quien vende nada se responde"),
        (quien.format(carla, ""), "responde quien vende"),  # as a program
        (quien.format(carla, mandato), "responde quien vende"),  # of the entity
    ):
        with pytest.raises(IntegrityError, match=falta):
            _escribir(recibido + respuesta)
    adeudado = recibido.replace("recibido", "adeudado").replace("nucleo_ahora()", "NULL")
    with pytest.raises(IntegrityError, match="sin quien vende"):
        _escribir(adeudado)
    with pytest.raises(ProgrammingError, match="permission denied"):
        _escribir("DELETE FROM comercio_pago_dicho")
    assert leer(ESTADO) == [("dicho",)]
    _responder(mercado, pedido, llego=True)
    with pytest.raises(IntegrityError, match="terminó no cambia"):
        _escribir("UPDATE comercio_compromiso SET estado = 'adeudado', terminado_en = NULL")


def test_lo_mucho_pide_haber_entrado_hace_poco(mercado: Mercado, ente: Ente, leer: Leer) -> None:
    """Above what she could send of her own at once, as it is asked of who pays it here."""
    ente.certificado, quien = nuevo_id(), ente.entidad
    with transaccion() as sesion:
        de = Autorizacion(quien.actor, unidad_id=quien.unidad.id, mandato_id=quien.mandato_id)
        certificar(sesion, de, ente.certificado, bs("9000.00"), id=nuevo_id())
    pedido = _recibido(mercado, ente, precio="8000.00")
    carla = replace(ente.pagadora, nivel=2, autenticado_en=ahora() - timedelta(hours=3))
    pago = PagoFuera("4471", fecha_bolivia(ahora()))
    with pytest.raises(SesionNoReciente), transaccion() as sesion:
        anotar_pago_fuera(sesion, carla, pedido.id, pago)
    assert leer(ESTADO) == [("vigente",)]
    with transaccion() as sesion:
        anotar_pago_fuera(sesion, replace(carla, autenticado_en=ahora()), pedido.id, pago)
    assert leer(ESTADO) == [("dicho",)]
