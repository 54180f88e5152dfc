"""One payment by card, from what was asked to each of its ends."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import select

from nucleo.bd import transaccion
from nucleo.configuracion import ajustes
from nucleo.dinero import a_centavos, bs
from nucleo.eventos import entregar_pendientes
from nucleo.modelos import Auditoria, Evento
from pagos import Codigo, ErrorDePago, LimiteSuperado
from pagos.tarjetas import conciliar as motor_de_pagos
from pagos.tarjetas import iniciar_pago_con_tarjeta, puerta
from pagos.tarjetas.conciliar import aplicar, avanzar, conciliar
from pagos.tarjetas.errores import IntentoDistinto, MontoFueraDeRango, PagoNoCancelable, TarjetasNoDisponibles
from pagos.tarjetas.iniciar import pedir_cancelacion, recargar
from pagos.tarjetas.lectura import Lectura
from pagos.tarjetas.puerta import SinRespuesta
from pagos.tarjetas.simulada import pagos, sesiones
from pagos.tarjetas.simulada.almacen import abrir
from pagos.tarjetas.simulada.fallas import Falla, provocar
from tests.pagos.tarjetas.conftest import Escena


def test_una_tarjeta_buena_paga_y_abona_una_sola_vez(escena: Escena) -> None:
    intento = escena.pagar("100.00")

    assert (intento.estado, intento.motivo, intento.recibido, intento.recibido_moneda) == (
        "pagado",
        None,
        10_000,
        "BOB",
    )
    assert escena.saldo() == escena.pasarela() == escena.cobrado() == 10_000
    assert escena.pasos(intento.id) == ["creado", "pagado"]
    assert intento.consultar_en is None
    for _ in range(3):
        avanzar(intento.id)
        escena.barrer(timedelta(minutes=20))
    assert escena.saldo() == escena.pasarela() == escena.cobrado() == 10_000


@pytest.mark.parametrize(
    ("metodo", "motivo"),
    [
        ("pm_card_visa_chargeDeclined", "generic_decline"),
        ("pm_card_visa_chargeDeclinedInsufficientFunds", "insufficient_funds"),
        ("pm_card_chargeDeclinedExpiredCard", "expired_card"),
        ("pm_card_visa_chargeDeclinedLostCard", "lost_card"),
    ],
)
def test_una_tarjeta_rechazada_dice_por_que_y_libera_el_limite(
    escena: Escena, metodo: str, motivo: str
) -> None:
    intento = escena.pagar("2000.00", metodo)

    assert (intento.estado, intento.motivo) == ("rechazado", motivo)
    assert intento.pasarela_id is not None
    assert (escena.saldo(), escena.pasarela(), escena.cobrado()) == (0, 0, 0)
    cuenta = escena.fila_de_la_cuenta()
    assert (a_centavos(cuenta.creditos_pendientes), a_centavos(cuenta.entrada_dia)) == (0, 0)
    assert escena.pagar("2000.00").estado == "pagado"  # the day's limit was not used up


def test_lo_que_pide_el_banco_se_responde_en_su_pagina(escena: Escena) -> None:
    intento = escena.pagar("80.00", "pm_card_authenticationRequired")
    assert intento.estado == "requiere_accion"
    assert intento.accion_url == f"{ajustes().url_publica}/simulada/3ds/{intento.pasarela_id}"
    assert escena.saldo() == 0

    assert intento.pasarela_id is not None
    pagos.autenticar(intento.pasarela_id, acepta=True)
    avanzar(intento.id)

    assert escena.pasos(intento.id) == ["creado", "requiere_accion", "pagado"]
    assert escena.saldo() == escena.cobrado() == 8_000


def test_no_responder_bien_al_banco_es_un_rechazo(escena: Escena) -> None:
    intento = escena.pagar("80.00", "pm_card_authenticationRequired")
    assert intento.pasarela_id is not None
    pagos.autenticar(intento.pasarela_id, acepta=False)
    avanzar(intento.id)

    fin = escena.intento(intento.id)
    assert (fin.estado, fin.motivo) == ("rechazado", "payment_intent_authentication_failure")
    assert (escena.saldo(), escena.cobrado()) == (0, 0)


def test_lo_que_nadie_confirma_se_cancela_alla_al_vencer(escena: Escena) -> None:
    intento = escena.pagar("80.00", "pm_card_authenticationRequired")
    escena.barrer(timedelta(minutes=29))
    assert escena.intento(intento.id).estado == "requiere_accion"

    escena.barrer(timedelta(minutes=2))

    fin = escena.intento(intento.id)
    assert (fin.estado, fin.motivo) == ("cancelado", "cancelado")
    assert fin.pasarela_id is not None
    with abrir() as almacen:
        pi = almacen.leer("payment_intent", fin.pasarela_id)
    assert pi is not None
    assert pi["status"] == "canceled"
    assert pagos.autenticar(fin.pasarela_id, acepta=True)["status"] == "canceled"
    assert (escena.saldo(), escena.cobrado()) == (0, 0)


def test_lo_que_el_banco_decide_despues_se_abona_cuando_decide(escena: Escena) -> None:
    intento = escena.pagar("55.50", "pm_card_procesando")
    assert (intento.estado, escena.saldo()) == ("procesando", 0)

    escena.barrer(timedelta(seconds=31))
    escena.barrer()

    assert escena.intento(intento.id).estado == "pagado"
    assert escena.pasos(intento.id) == ["creado", "procesando", "pagado"]
    assert escena.saldo() == escena.cobrado() == 5_550


@pytest.mark.parametrize("falla", [Falla.MONTO_DISTINTO])
def test_un_cobro_distinto_queda_observado_y_no_se_abona(escena: Escena, falla: Falla) -> None:
    intento_id = escena.crear("100.00")
    provocar(falla, de=intento_id)
    avanzar(intento_id)

    fin = escena.intento(intento_id)
    assert (fin.estado, fin.motivo, fin.recibido) == ("observado", "monto_distinto", 9_900)
    assert (escena.saldo(), escena.pasarela(), escena.cobrado()) == (0, 0, 9_900)
    assert a_centavos(escena.cuenta_ahora().creditos_pendientes) == 0
    with transaccion() as sesion:
        sin_abono = sesion.exec(select(Evento).where(Evento.tipo == "PagoConTarjetaNoRealizado")).one()
    assert sin_abono.datos["estado"] == "observado"


def test_otra_moneda_tampoco_se_abona(escena: Escena) -> None:
    intento_id = escena.crear("100.00")
    with transaccion() as sesion:
        aplicar(sesion, intento_id, Lectura("cobrado", pasarela_id="pi_x", recibido=10_000, moneda="USD"))
    assert escena.intento(intento_id).estado == "observado"
    assert escena.saldo() == 0


def test_el_pago_de_otro_no_se_abona(escena: Escena) -> None:
    """An answer that carries another intent's id moves nothing, whatever it says."""
    intento_id = escena.crear("100.00")
    ajena = Lectura(
        "cobrado", pasarela_id="pi_x", recibido=10_000, moneda="BOB", metadatos_id=str(uuid.uuid4())
    )
    with transaccion() as sesion:
        aplicar(sesion, intento_id, ajena)
    fin = escena.intento(intento_id)
    assert (fin.estado, fin.pasarela_id) == ("creado", None)
    assert escena.saldo() == 0


# --- Hosted page --------------------------------------------------------------------------------------------


def test_sin_tarjeta_se_paga_en_la_pagina_de_la_pasarela(escena: Escena) -> None:
    intento = escena.pagar("60.00", None)
    assert (intento.estado, intento.pasarela_id) == ("requiere_accion", None)
    assert intento.accion_url == f"{ajustes().url_publica}/simulada/pagar/{intento.sesion_id}"

    assert intento.sesion_id is not None
    sesiones.pagar_sesion(intento.sesion_id, "pm_card_visa")
    avanzar(intento.id)

    fin = escena.intento(intento.id)
    assert fin.estado == "pagado"
    assert fin.pasarela_id is not None
    assert escena.saldo() == escena.cobrado() == 6_000


def test_en_la_pagina_se_puede_probar_otra_tarjeta(escena: Escena) -> None:
    intento = escena.pagar("60.00", None)
    assert intento.sesion_id is not None
    sesiones.pagar_sesion(intento.sesion_id, "pm_card_visa_chargeDeclinedInsufficientFunds")
    avanzar(intento.id)
    medio = escena.intento(intento.id)
    assert (medio.estado, medio.motivo) == ("requiere_accion", "insufficient_funds")
    assert escena.saldo() == 0

    sesiones.pagar_sesion(intento.sesion_id, "pm_card_visa")
    avanzar(intento.id)

    assert escena.intento(intento.id).estado == "pagado"
    assert escena.saldo() == escena.cobrado() == 6_000


@pytest.mark.parametrize(
    ("tarjeta", "fin"),
    [
        (None, ("cancelado", "sin_terminar")),
        ("pm_card_chargeDeclinedExpiredCard", ("rechazado", "expired_card")),
    ],
)
def test_la_pagina_que_nadie_termina_se_cierra_alla(
    escena: Escena, tarjeta: str | None, fin: tuple[str, str]
) -> None:
    intento = escena.pagar("60.00", None)
    assert intento.sesion_id is not None
    if tarjeta:
        sesiones.pagar_sesion(intento.sesion_id, tarjeta)
    escena.barrer(timedelta(minutes=31))

    ultimo = escena.intento(intento.id)
    assert (ultimo.estado, ultimo.motivo) == fin
    assert sesiones.pagar_sesion(intento.sesion_id, "pm_card_visa")["status"] == "expired"
    assert (escena.saldo(), escena.cobrado()) == (0, 0)


def test_en_la_pagina_el_banco_puede_tardar_y_preguntar(escena: Escena) -> None:
    tarda = escena.pagar("60.00", None)
    pregunta = escena.pagar("40.00", None)
    assert tarda.sesion_id is not None
    assert pregunta.sesion_id is not None
    sesiones.pagar_sesion(tarda.sesion_id, "pm_card_procesando")
    sesiones.pagar_sesion(pregunta.sesion_id, "pm_card_authenticationRequired")
    avanzar(tarda.id)
    avanzar(pregunta.id)
    assert (escena.intento(tarda.id).estado, escena.intento(pregunta.id).estado) == (
        "procesando",
        "requiere_accion",
    )

    sesiones.autenticar_sesion(pregunta.sesion_id, acepta=True)
    escena.barrer(timedelta(seconds=31))
    escena.barrer()

    assert (escena.intento(tarda.id).estado, escena.intento(pregunta.id).estado) == ("pagado", "pagado")
    assert escena.saldo() == escena.cobrado() == 10_000


# --- Cancelling ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("metodo", [None, "pm_card_authenticationRequired"])
def test_cancelar_lo_cierra_alla_y_libera_el_limite(escena: Escena, metodo: str | None) -> None:
    intento = escena.pagar("60.00", metodo)
    with transaccion() as sesion:
        pedir_cancelacion(sesion, escena.actor, intento.id)
    avanzar(intento.id)

    fin = escena.intento(intento.id)
    assert (fin.estado, fin.motivo) == ("cancelado", "a_pedido")
    assert a_centavos(escena.cuenta_ahora().creditos_pendientes) == 0


def test_cancelar_tarde_no_quita_un_pago_hecho(escena: Escena) -> None:
    """The person pays on the gateway's page and presses «cancel» before we know."""
    intento = escena.pagar("60.00", None)
    assert intento.sesion_id is not None
    sesiones.pagar_sesion(intento.sesion_id, "pm_card_visa")
    with transaccion() as sesion:
        pedir_cancelacion(sesion, escena.actor, intento.id)
    avanzar(intento.id)

    assert escena.intento(intento.id).estado == "pagado"
    assert escena.saldo() == escena.cobrado() == 6_000
    with transaccion() as sesion, pytest.raises(PagoNoCancelable):
        pedir_cancelacion(sesion, escena.actor, intento.id)


def test_cancelar_lo_que_no_respondio_no_vuelve_a_cobrar(escena: Escena) -> None:
    intento_id = escena.crear("60.00")
    provocar(Falla.TIEMPO_ANTES, de=intento_id, veces=None)
    avanzar(intento_id)
    with transaccion() as sesion:
        pedir_cancelacion(sesion, escena.actor, intento_id)
    provocar(None, de=intento_id)
    escena.barrer(timedelta(minutes=11))

    fin = escena.intento(intento_id)
    assert (fin.estado, fin.motivo, escena.cobrado()) == ("cancelado", "a_pedido", 0)


def test_cancelar_antes_de_preguntar_no_pregunta(escena: Escena) -> None:
    intento_id = escena.crear("60.00")
    with transaccion() as sesion:
        pedir_cancelacion(sesion, escena.actor, intento_id)
    avanzar(intento_id)
    assert escena.intento(intento_id).estado == "cancelado"
    with abrir() as almacen:
        assert almacen.listar("payment_intent") == []


# --- Starting -----------------------------------------------------------------------------------------------


def test_el_mismo_id_es_el_mismo_pago(escena: Escena) -> None:
    uno = escena.pagar("100.00", id=uuid.UUID(int=7))
    otro = escena.crear("100.00", id=uuid.UUID(int=7))
    assert otro == uno.id
    with pytest.raises(IntentoDistinto):
        escena.crear("100.01", id=uuid.UUID(int=7))
    with pytest.raises(IntentoDistinto):
        escena.crear("100.00", None, id=uuid.UUID(int=7))
    assert escena.saldo() == 10_000


def test_los_limites_se_juzgan_antes_de_cobrar(escena: Escena) -> None:
    with pytest.raises(LimiteSuperado) as error:
        escena.crear("2000.01")
    assert error.value.codigo == "limite_por_transaccion_entrada"
    escena.crear("1500.00")  # held, not paid yet
    with pytest.raises(ErrorDePago) as error:
        escena.crear("500.01")
    assert error.value.codigo == "limite_diario_entrada"
    assert escena.cobros() == []


@pytest.mark.parametrize("monto", ["4.99", "50000.01", "0", "-5"])
def test_los_montos_que_la_pasarela_no_admite_se_rechazan_antes(escena: Escena, monto: str) -> None:
    with pytest.raises(MontoFueraDeRango) as error:
        escena.crear(monto)
    assert error.value.campos == {"monto": "Con tarjeta se paga entre Bs\xa05,00 y Bs\xa050.000,00."}


def test_en_produccion_sin_clave_no_hay_tarjetas(escena: Escena, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pagos.tarjetas.iniciar.tarjetas_disponibles", lambda: False)
    with pytest.raises(TarjetasNoDisponibles):
        escena.crear("50.00")
    assert a_centavos(escena.cuenta_ahora().creditos_pendientes) == 0


def test_una_maquina_no_tiene_tarjeta(escena: Escena, sesion: Any) -> None:
    from nucleo.actor import Actor, Autorizacion
    from nucleo.errores import DatosInvalidos

    maquina = Actor(tipo="cliente", nombre="erp", cliente_id=uuid.uuid4())
    with pytest.raises(DatosInvalidos):
        iniciar_pago_con_tarjeta(
            sesion,
            Autorizacion.propia(maquina),
            id=uuid.uuid4(),
            proposito="recarga",
            destino=escena.cuenta,
            monto=bs("50"),
            descripcion="x",
        )


def test_una_unidad_recarga_con_la_facultad_de_pagar(
    escena: Escena, crear_persona: Any, actor_de: Any, crear_unidad: Any
) -> None:
    from empresa_digital.registro import SinFacultad
    from pagos import TipoCuenta, cuenta_de_unidad

    unidad = crear_unidad("Tejidos", representante=escena.persona)
    with transaccion() as sesion:
        cuenta = cuenta_de_unidad(sesion, unidad.id, TipoCuenta.COMERCIO)
    with transaccion() as sesion:
        intento = recargar(
            sesion, escena.actor, id=uuid.uuid4(), monto=bs("3000"), cuenta_id=cuenta, metodo="pm_card_visa"
        )
    avanzar(intento.id)
    assert escena.intento(intento.id).unidad_id == unidad.id
    assert a_centavos(escena.cuenta_ahora(cuenta).saldo) == 300_000

    ajeno = actor_de(crear_persona("Beto"))
    with transaccion() as sesion, pytest.raises(SinFacultad):
        recargar(sesion, ajeno, id=uuid.uuid4(), monto=bs("30"), cuenta_id=cuenta)


def test_una_orden_se_paga_a_la_cuenta_que_diga_y_se_anuncia(escena: Escena, crear_unidad: Any) -> None:
    """What the sub-room of payment orders uses: purpose, reference and destination of its own."""
    from nucleo.actor import Autorizacion
    from pagos import TipoCuenta, cuenta_de_unidad

    entidad = crear_unidad("Alcaldía", tipo="ENTIDAD_PUBLICA", representante=escena.persona)
    orden = uuid.uuid4()
    with transaccion() as sesion:
        destino = cuenta_de_unidad(sesion, entidad.id, TipoCuenta.RECAUDACION)
        intento = iniciar_pago_con_tarjeta(
            sesion,
            Autorizacion.propia(escena.actor),
            id=uuid.uuid4(),
            proposito="orden",
            referencia_id=orden,
            destino=destino,
            monto=bs("120.00"),
            descripcion="Patente municipal",
            codigo=Codigo.PAGO_ESTADO,
            metodo="pm_card_visa",
        )
    avanzar(intento.id)

    pagado = escena.intento(intento.id)
    assert (pagado.estado, a_centavos(escena.cuenta_ahora(destino).saldo)) == ("pagado", 12_000)
    with transaccion() as sesion:
        evento = sesion.exec(select(Evento).where(Evento.tipo == "PagoConTarjetaConfirmado")).one()
    assert evento.objeto_id == intento.id
    assert evento.datos == {
        "proposito": "orden",
        "referencia_id": str(orden),
        "monto": 12_000,
        "transferencia_id": str(pagado.transferencia_id),
    }


# --- Lost answers -------------------------------------------------------------------------------------------


def test_una_caida_entre_el_cobro_y_la_respuesta_se_encuentra_despues(
    escena: Escena, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process dies with the gateway's answer in its hands."""
    intento_id = escena.crear("100.00")

    def morir(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as parche:
        parche.setattr(motor_de_pagos, "aplicar", morir)
        with pytest.raises(KeyboardInterrupt):
            avanzar(intento_id)
    assert (escena.intento(intento_id).estado, escena.saldo(), escena.cobrado()) == ("creado", 0, 10_000)

    assert conciliar() == 0  # its lease is not over
    escena.barrer(timedelta(seconds=61))

    assert escena.pasos(intento_id) == ["creado", "ambiguo", "pagado"]
    assert escena.saldo() == escena.cobrado() == 10_000


def test_una_caida_antes_de_llamar_cobra_una_vez(escena: Escena, monkeypatch: pytest.MonkeyPatch) -> None:
    intento_id = escena.crear("100.00")

    def morir(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as parche:
        parche.setattr(puerta, "enviar", morir)
        with pytest.raises(KeyboardInterrupt):
            avanzar(intento_id)
    escena.barrer(timedelta(seconds=61))
    assert escena.intento(intento_id).estado == "pagado"
    assert escena.saldo() == escena.cobrado() == 10_000


def test_una_solicitud_que_murio_sin_llamar_la_toma_el_barrido(escena: Escena) -> None:
    intento_id = escena.crear("100.00")
    assert conciliar() == 0
    escena.barrer(timedelta(seconds=31))
    assert escena.intento(intento_id).estado == "pagado"
    assert escena.saldo() == 10_000


def test_si_el_abono_falla_nada_queda_a_medias(escena: Escena, monkeypatch: pytest.MonkeyPatch) -> None:
    """State and money move in one transaction: a failure after the credit undoes the credit."""
    intento_id = escena.crear("100.00")

    def romper(*_: Any, **__: Any) -> None:
        raise RuntimeError("el aviso falló")

    with monkeypatch.context() as parche:
        parche.setattr(motor_de_pagos, "_avisar", romper)
        with pytest.raises(RuntimeError):
            avanzar(intento_id)
    assert (escena.intento(intento_id).estado, escena.saldo()) == ("creado", 0)
    escena.barrer(timedelta(seconds=61))
    assert (escena.intento(intento_id).estado, escena.saldo()) == ("pagado", 10_000)


def test_un_cobro_que_aparece_despues_de_darlo_por_perdido_se_abona(escena: Escena) -> None:
    intento_id = escena.crear("100.00")
    provocar(Falla.TIEMPO_ANTES, de=intento_id)
    avanzar(intento_id)
    with transaccion() as sesion:
        aplicar(sesion, intento_id, Lectura("cancelado", motivo="sin_respuesta"))
    assert escena.intento(intento_id).estado == "cancelado"

    tardia = Lectura("cobrado", pasarela_id="pi_tardio", recibido=10_000, moneda="BOB")
    with transaccion() as sesion:
        aplicar(sesion, intento_id, tardia)

    assert escena.pasos(intento_id) == ["creado", "ambiguo", "cancelado", "pagado"]
    assert escena.saldo() == 10_000


def test_un_cobro_tardio_que_ya_no_cabe_en_los_limites_queda_observado(escena: Escena) -> None:
    intento_id = escena.crear("1500.00")
    with transaccion() as sesion:
        aplicar(sesion, intento_id, Lectura("cancelado", motivo="sin_respuesta"))
    assert escena.pagar("1000.00").estado == "pagado"

    with transaccion() as sesion:
        aplicar(sesion, intento_id, Lectura("cobrado", pasarela_id="pi_t", recibido=150_000, moneda="BOB"))

    fin = escena.intento(intento_id)
    assert (fin.estado, fin.motivo) == ("observado", "limite_diario_entrada")
    assert escena.saldo() == 100_000


def test_pasadas_23_horas_sin_rastro_se_da_por_no_cobrado(
    escena: Escena, monkeypatch: pytest.MonkeyPatch
) -> None:
    intento_id = escena.crear("100.00")
    provocar(Falla.TIEMPO_ANTES, de=intento_id, veces=None)
    avanzar(intento_id)
    for _ in range(3):
        escena.barrer(timedelta(hours=7))
        assert escena.intento(intento_id).estado == "ambiguo"
    escena.barrer(timedelta(hours=2, minutes=1))

    fin = escena.intento(intento_id)
    assert (fin.estado, fin.motivo, escena.cobrado()) == ("cancelado", "sin_respuesta", 0)
    assert a_centavos(escena.cuenta_ahora().creditos_pendientes) == 0


def test_con_la_pasarela_caida_del_todo_sigue_ambiguo(
    escena: Escena, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its list we cannot say that it was not charged: not even after days."""

    def nadie(*_: Any) -> None:
        raise SinRespuesta("caída")

    intento_id = escena.crear("100.00")
    monkeypatch.setattr(puerta, "enviar", nadie)
    monkeypatch.setattr(puerta, "buscar", nadie)
    avanzar(intento_id)
    escena.barrer(timedelta(days=3))
    fin = escena.intento(intento_id)
    assert (fin.estado, fin.terminado_en) == ("ambiguo", None)
    assert fin.consultar_en is not None


def test_un_pago_que_falla_al_consultarse_no_detiene_a_los_demas(
    escena: Escena, monkeypatch: pytest.MonkeyPatch
) -> None:
    enfermo, sano = escena.crear("10.00"), escena.crear("20.00")
    original = puerta.enviar

    def enviar(intento: Any, retorno: str, cliente: str | None) -> Lectura:
        if intento.id == enfermo:
            raise ZeroDivisionError
        return original(intento, retorno, cliente)

    monkeypatch.setattr(puerta, "enviar", enviar)
    escena.barrer(timedelta(seconds=31))
    assert (escena.intento(enfermo).estado, escena.intento(sano).estado) == ("creado", "pagado")


def test_la_pasarela_se_llama_sin_ninguna_transaccion_abierta(
    escena: Escena, bd: Engine, token_de: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked from inside the gateway: no connection of the application waits in a transaction."""
    import psycopg

    from pagos.tarjetas.simulada import servidor

    url = bd.url.render_as_string(hide_password=False).replace("+psycopg", "")
    esperando: list[int] = []
    original = servidor.atender

    def atender(pedido: Any) -> Any:
        with psycopg.connect(url) as aparte:
            fila = aparte.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'"
            ).fetchone()
        assert fila is not None
        esperando.append(fila[0])
        return original(pedido)

    monkeypatch.setattr("pagos.tarjetas.simulada.adaptador.atender", atender)
    escena.pagar("10.00")
    respuesta = escena.cliente.post(
        "/api/v1/recargas",
        json={"monto": {"monto": "10.00"}, "metodo_de_pago": "pm_card_visa"},
        headers={"Authorization": f"Bearer {token_de(escena.persona)}", "Idempotency-Key": "k"},
    )
    assert respuesta.json()["estado"] == "pagado"
    assert esperando == [0, 0]


def test_cada_paso_deja_constancia_y_avisa_a_la_persona(escena: Escena) -> None:
    intento = escena.pagar("100.00")
    entregar_pendientes()
    with transaccion() as sesion:
        acciones_hechas = sesion.exec(
            select(Auditoria.accion).where(Auditoria.objeto_id == str(intento.id)).order_by(Auditoria.numero)
        ).all()
        buzon = sesion.connection().execute(text("SELECT asunto, enlace FROM ciudadania_notificacion")).all()
    assert acciones_hechas == ["pago_con_tarjeta.iniciar", "pago_con_tarjeta.pagado"]
    assert [tuple(f) for f in buzon] == [
        ("Recarga de Bs\xa0100,00 con tarjeta", f"/pagos-con-tarjeta/{intento.id}")
    ]
