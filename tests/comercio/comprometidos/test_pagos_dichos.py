"""What an entity says that its treasury paid: of when, once, corrected, answered, and not by silence for
good."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, ProgrammingError

import comercio
from ciudadania import SesionNoReciente
from comercio.comprometidos import PagoFuera, anotar_pago_fuera, pagos_dichos, responder_pago_fuera
from comercio.comprometidos.deudas import contar_entidades_tarde, entidades_tarde
from comercio.comprometidos.errores import ComprobanteRepetido
from comercio.comprometidos.tareas import revisar_compromisos
from comercio.custodia import por_silencio
from comercio.custodia.modelos import Compromiso
from comercio.custodia.verificar import custodias
from comercio.pedidos import manejadores
from comercio.pedidos.tareas import liberar_vencidas
from empresa_digital.registro import Facultad
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.reloj import ZONA, ahora, ahora_bd, fecha_bolivia
from nucleo.vidas import TransicionInvalida
from pagos.presupuesto import certificar
from tests.comercio.comprometidos.ayudas import Ente
from tests.comercio.conftest import Mercado
from tests.comercio.entidades import dar_mandato

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


@pytest.mark.parametrize("otro", ["4471", " C31-4471", "c-31 / 04471"])
def test_es_el_mismo_numero_como_se_escriba(otro: str, mercado: Mercado, ente: Ente, leer: Leer) -> None:
    """Also one that was corrected afterwards."""
    uno, dos = _recibido(mercado, ente), _recibido(mercado, ente)
    _anotar(ente, uno, "C-31 4471")
    _anotar(ente, uno, "4500")
    with pytest.raises(ComprobanteRepetido, match=uno.numero):
        _anotar(ente, dos, otro)
    _anotar(ente, dos, "44711")
    assert leer("SELECT count(*) FROM comercio_pago_dicho") == [(3,)]


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
    mercado.reloj.adelantar(timedelta(days=9))
    _anotar(ente, pedido, "4472")
    assert leer("SELECT responder_hasta FROM comercio_compromiso") == [despues]  # once
    otra_vez = "dicho_en = nucleo_ahora(), responder_hasta = responder_hasta + interval '20 days'"
    with pytest.raises(IntegrityError, match="no cambia"):
        _escribir(f"UPDATE comercio_compromiso SET comprobante = '4473', {otra_vez}")
    _responder(mercado, pedido, llego=False)
    _anotar(ente, pedido, "4498")
    _responder(mercado, pedido, llego=True)
    assert leer(DICHOS) == [
        ("pago", "4417", True),
        ("correccion", "4471", True),
        ("correccion", "4472", True),
        ("no_llego", "4472", True),
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


def test_nunca_hay_menos_de_treinta_dias_para_desmentir(mercado: Mercado, ente: Ente, leer: Leer) -> None:
    """What silence said on the last day of its year; and the page says until when."""
    mercado.reloj.situar(datetime(2028, 12, 11, 10, tzinfo=ZONA))
    pedido = _recibido(mercado, ente)
    _anotar(ente, pedido)
    mercado.reloj.situar(datetime(2028, 12, 31, 12, tzinfo=ZONA))
    assert revisar_compromisos() == 1
    ((hasta,),) = leer("SELECT desmentir_hasta FROM comercio_compromiso")
    assert fecha_bolivia(hasta) == date(2029, 1, 30)
    mercado.reloj.situar(hasta)
    with pytest.raises(TransicionInvalida):
        _responder(mercado, pedido, llego=False)
    assert leer(ESTADO) == [("recibido",)]
    mercado.reloj.situar(hasta - timedelta(minutes=1))
    _responder(mercado, pedido, llego=False)
    assert leer("SELECT estado, desmentir_hasta FROM comercio_compromiso") == [("adeudado", None)]


def test_lo_que_dijo_el_silencio_se_corrige_una_vez(mercado: Mercado, ente: Ente, leer: Leer) -> None:
    """It stays paid, who sells learns it and has their term again; they may still deny it."""
    pedido = _por_silencio(mercado, ente)
    plazo = "SELECT desmentir_hasta FROM comercio_compromiso"
    ((antes,),) = leer(plazo)
    mercado.reloj.situar(antes - timedelta(days=2))
    sin_plazo = "comprobante = '4472', dicho_en = nucleo_ahora()"
    with pytest.raises(IntegrityError, match="todo su plazo para desmentir"):
        _escribir(f"UPDATE comercio_compromiso SET {sin_plazo}")
    _anotar(ente, pedido, "4472")
    ((despues,),) = leer(plazo)
    assert fecha_bolivia(despues) == fecha_bolivia(ahora()) + timedelta(days=30)
    assert leer(ESTADO) == [("recibido",)]
    assert leer(DICHOS)[1:] == [("silencio", "4471", False), ("correccion", "4472", True)]
    assert leer(AVISOS, asunto=f"La entidad corrigió el C-31 del pedido {pedido.numero}")[0][0] >= 1
    with transaccion() as sesion:
        assert custodias(sesion) == []
    with pytest.raises(TransicionInvalida, match="ya se pagó"):
        _anotar(ente, pedido, "4473")
    otro_plazo = "desmentir_hasta = desmentir_hasta + interval '90 days'"
    with pytest.raises(IntegrityError, match="terminó no cambia"):
        _escribir(f"UPDATE comercio_compromiso SET {sin_plazo}, {otro_plazo}")
    _responder(mercado, pedido, llego=False)
    assert leer(DICHOS)[-1] == ("no_llego", "4472", True)


def test_lo_que_dijo_quien_vende_no_se_corrige(mercado: Mercado, ente: Ente, leer: Leer) -> None:
    pedido = _recibido(mercado, ente)
    _anotar(ente, pedido)
    _responder(mercado, pedido, llego=True)
    with pytest.raises(TransicionInvalida, match="ya se pagó"):
        _anotar(ente, pedido, "4472")
    with pytest.raises(IntegrityError, match="terminó no cambia"):
        _escribir("UPDATE comercio_compromiso SET comprobante = '4472', dicho_en = nucleo_ahora()")
    assert leer(DICHOS)[-1] == ("llego", "4471", True)


@pytest.fixture
def juntas(mercado: Mercado, crear_persona: Callable[..., Any], duenio: Engine) -> list[Any]:
    """Dina and Elsa sell together from now on, and nobody sells alone."""
    gente, grupo = [crear_persona(n) for n in ("Dina", "Elsa")], nuevo_id()
    for persona in gente:
        dar_mandato(mercado.unidad, persona, Facultad.VENDER, firmas=2, grupo=grupo)
    return gente


def _firmar(cliente: Any, acto: str) -> Any:
    huella = re.search(r'name="huella" value="([0-9a-f]{64})"', cliente.get(acto).text)
    assert huella is not None
    return cliente.post(f"{acto}/firmar", data={"huella": huella[1]})


@pytest.mark.parametrize("calladas", [False, True])
def test_quienes_venden_juntas_responden_juntas(
    calladas: bool,
    mercado: Mercado,
    ente: Ente,
    juntas: list[Any],
    sesion_web: Callable[..., Any],
    leer: Leer,
) -> None:
    """Before their silence says it, or after; and what was signed is of the C-31 that they looked at."""
    pedido = _por_silencio(mercado, ente) if calladas else _recibido(mercado, ente)
    if not calladas:
        _anotar(ente, pedido)
    antes = leer(ESTADO)
    suya = f"/vender/pedidos/{pedido.id}/pago-de-entidad"
    dina, elsa = (sesion_web(p) for p in juntas)
    assert "Su mandato es conjunto" in dina.get(suya).text
    viejo = dina.post(suya, data={"llego": "0"}).headers["location"]
    assert viejo.startswith("/por-firmar/")
    _anotar(ente, pedido, "4472")
    assert "La entidad corrigió su C-31" in _firmar(elsa, viejo).text
    assert leer(ESTADO) == antes
    acto = dina.post(suya, data={"llego": "0"}).headers["location"]
    assert _firmar(elsa, acto).status_code == 303
    ((estado, respondio),) = leer("SELECT estado, respondio FROM comercio_compromiso")
    assert (estado, "Dina" in respondio, "Elsa" in respondio) == ("adeudado", True, True)
    with transaccion() as sesion:
        assert custodias(sesion) == []


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


RECIBIDO = "UPDATE comercio_compromiso SET estado = 'recibido', responder_hasta = NULL, recordar_en = NULL"
DICE = "dicho_por = 'X', comprobante_fecha = CAST(nucleo_ahora() AS date)"
ESPERA = "UPDATE comercio_compromiso SET intentar_en = nucleo_ahora(), intentos = 1"
PLAZO = "responder_hasta = nucleo_ahora() + interval '30 days'"


def test_la_base_no_deja_borrar_una_deuda(mercado: Mercado, ente: Ente, leer: Leer) -> None:
    """Whatever program writes it: it is said when it is said, with the whole term, and ends when it ends."""
    pedido = _recibido(mercado, ente)
    _anotar(ente, pedido)
    _responder(mercado, pedido, llego=False)
    antes = leer("SELECT to_jsonb(c) FROM comercio_compromiso c")
    mercado.reloj.adelantar(timedelta(days=1))
    for cambio, falta in (
        (
            f"comprobante = 'X', dicho_en = nucleo_ahora(), {DICE}, responder_hasta = nucleo_ahora()",
            "su plazo",
        ),
        (f"comprobante = 'X', dicho_en = nucleo_ahora(), {DICE}, responder_hasta = '2020-01-01'", "su plazo"),
        (f"comprobante = 'X', dicho_en = nucleo_ahora() + interval '1 day', {DICE}, {PLAZO}", "cuando pasa"),
        (f"comprobante = 'X', {DICE}, {PLAZO}", "no cambia"),  # with the instant of the one before
        (PLAZO, "no cambia"),  # without saying anything
    ):
        with pytest.raises(IntegrityError, match=falta):
            _escribir(f"UPDATE comercio_compromiso SET estado = 'dicho', {cambio}")
    assert leer("SELECT to_jsonb(c) FROM comercio_compromiso c") == antes
    _anotar(ente, pedido, "4498")
    mercado.reloj.adelantar(timedelta(days=30))
    for fin in ("'2020-01-01'", "nucleo_ahora() + interval '1 year'"):
        with pytest.raises(IntegrityError, match="cuando pasa"):
            _escribir(f"{RECIBIDO}, terminado_en = {fin}")
    assert leer(ESTADO) == [("dicho",)]


def test_la_base_no_mueve_el_dia_en_que_se_debe(mercado: Mercado, ente: Ente, leer: Leer) -> None:
    _recibido(mercado, ente)
    mora = "SELECT estado, adeudar_en FROM comercio_compromiso"
    for cuando in ("'2099-01-01'", "nucleo_ahora() + interval '89 days'"):
        with pytest.raises(IntegrityError, match="se debe desde su plazo"):
            _escribir(f"{ESPERA}, adeudar_en = {cuando}")
    suyo = "pedido_id, entidad_id, certificado_id, certificacion, estado, se_paga_con"
    with pytest.raises(IntegrityError, match="append-only"):  # nor is it born late
        _escribir(
            f"INSERT INTO comercio_compromiso ({suyo}, intentos, intentar_en, adeudar_en)"
            f" SELECT {suyo}, 1, nucleo_ahora(), '2099-01-01' FROM comercio_compromiso"
        )
    assert liberar_vencidas() == 0
    ((estado, dia),) = leer(mora)
    assert (estado, fecha_bolivia(dia)) == ("vigente", fecha_bolivia(ahora()) + timedelta(days=90))
    for cambio in (
        "adeudar_en = adeudar_en + interval '1 day'",
        "adeudar_en = adeudar_en - interval '1 day'",
        "adeudar_en = NULL, intentar_en = NULL, avisar_en = NULL, falla = NULL",
    ):
        with pytest.raises(IntegrityError, match="se debe desde su plazo"):
            _escribir(f"UPDATE comercio_compromiso SET {cambio}")
    assert leer(mora) == [(estado, dia)]


def test_lo_que_no_llego_no_se_dice_otra_vez(mercado: Mercado, ente: Ente, leer: Leer) -> None:
    """Nor whoever writes it; and what is said in its place is late until who sells answers."""
    pedido = _recibido(mercado, ente)
    dia = fecha_bolivia(ahora())
    _anotar(ente, pedido, "C31-4471")
    with transaccion() as sesion:
        assert contar_entidades_tarde(sesion) == 0  # nobody denied it
    _responder(mercado, pedido, llego=False)
    with pytest.raises(DatosInvalidos, match="dijo que ese C-31 no llegó"):
        _anotar(ente, pedido, "4471", dia)
    otra_vez = f"estado = 'dicho', dicho_en = nucleo_ahora(), comprobante = 'c31 4471', {PLAZO}"
    with pytest.raises(IntegrityError, match="no se dice otra vez"):
        _escribir(f"UPDATE comercio_compromiso SET {otra_vez}")
    assert leer(ESTADO) == [("adeudado",)]
    _anotar(ente, pedido, "4498", dia)
    with transaccion() as sesion:
        (tarde,) = entidades_tarde(sesion)
    assert (tarde.pedidos, tarde.monto) == (1, bs("100.00"))
    _responder(mercado, pedido, llego=True)
    with transaccion() as sesion:
        assert entidades_tarde(sesion) == []


@pytest.mark.parametrize(
    ("cambio", "falta"),
    [
        ("responder_hasta = responder_hasta - interval '9 days'", "no tiene todo su plazo para responder"),
        (
            RECIBIDO.split("SET ")[1]
            + ", terminado_en = nucleo_ahora(), desmentir_hasta = nucleo_ahora() + interval '1 year'",
            "no terminó cuando se respondió",
        ),
    ],
)
def test_se_comprueba_con_lo_que_se_dijo(
    cambio: str, falta: str, mercado: Mercado, ente: Ente, duenio: Engine
) -> None:
    pedido = _recibido(mercado, ente)
    _anotar(ente, pedido)
    with duenio.begin() as conexion:
        conexion.exec_driver_sql("ALTER TABLE comercio_compromiso DISABLE TRIGGER USER")
        conexion.exec_driver_sql(f"UPDATE comercio_compromiso SET {cambio}")
        conexion.exec_driver_sql("ALTER TABLE comercio_compromiso ENABLE TRIGGER USER")
    with transaccion() as sesion:
        (dice,) = custodias(sesion)
    assert falta in dice


def test_se_comprueba_que_el_silencio_espero(mercado: Mercado, ente: Ente, duenio: Engine) -> None:
    _por_silencio(mercado, ente)
    with transaccion() as sesion:
        assert custodias(sesion) == []
    with duenio.begin() as conexion:
        conexion.exec_driver_sql("ALTER TABLE comercio_pago_dicho DISABLE TRIGGER USER")
        conexion.exec_driver_sql(
            "UPDATE comercio_pago_dicho SET ocurrio_en = ocurrio_en + interval '25 days' WHERE que = 'pago'"
        )
        conexion.exec_driver_sql("ALTER TABLE comercio_pago_dicho ENABLE TRIGGER USER")
    with transaccion() as sesion:
        (dice,) = custodias(sesion)
    assert "se dio por llegado antes del plazo" in dice


def test_lo_mucho_pide_haber_entrado_hace_poco(mercado: Mercado, ente: Ente, leer: Leer) -> None:
    """Above what she could send of her own at once, as it is asked of who pays it here."""
    ente.certificado = nuevo_id()
    with transaccion() as sesion:
        certificar(sesion, ente.entidad.certifica, ente.certificado, bs("9000.00"), id=nuevo_id())
    pedido = _recibido(mercado, ente, precio="8000.00")
    carla = replace(ente.pagadora, nivel=2, autenticado_en=ahora() - timedelta(hours=3))
    pago = PagoFuera("4471", fecha_bolivia(ahora()))
    with pytest.raises(SesionNoReciente), transaccion() as sesion:
        anotar_pago_fuera(sesion, carla, pedido.id, pago)
    assert leer(ESTADO) == [("vigente",)]
    with transaccion() as sesion:
        anotar_pago_fuera(sesion, replace(carla, autenticado_en=ahora()), pedido.id, pago)
    assert leer(ESTADO) == [("dicho",)]
