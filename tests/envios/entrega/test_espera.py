"""An item that waits: told before it ends, prolonged once, and back by itself. Refused, it waits for none."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

import envios.entrega.manejadores  # noqa: F401 - subscribes
from ciudadania.modelos import Notificacion
from envios.entrega.entregar import entregar
from envios.entrega.errores import SinEspera, YaProrrogado
from envios.entrega.espera import avisar_fin, devolver_por_plazo, prorrogar
from envios.entrega.tareas import avisar_fines, devolver_vencidos
from envios.eventos.consultas import eventos_de
from envios.eventos.corregir import Correccion, corregir
from envios.eventos.motivos import AccionIntento, Motivo, MotivoCorreccion
from envios.eventos.nuevo import EventoNuevo, Fuente
from envios.eventos.registrar_eventos import registrar_evento
from envios.eventos.tareas import revisar_vencidos
from envios.eventos.verificar import items
from envios.items import EnvioNoEncontrado, envio_por_id
from envios.items.modelos import Envio
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from nucleo.modelos import Evento
from nucleo.reloj import ahora, fecha_bolivia
from tests.ayudas.carreras import cruzar
from tests.envios.conftest import Reparto


@pytest.fixture
def envio(reparto: Reparto) -> Envio:
    return reparto.enviar()


def evento(reparto: Reparto, envio: Envio, codigo: str, **mas: Any) -> UUID:
    with transaccion() as sesion:
        nuevo = EventoNuevo(codigo, envio.id, **mas)
        hecho = registrar_evento(sesion, reparto.actor(reparto.cartero), envio.id, nuevo, Fuente.API)
        assert hecho.evento is not None, hecho.error
        return hecho.evento.id


def intento(
    reparto: Reparto,
    envio: Envio,
    motivo: Motivo = Motivo.DESTINATARIO_AUSENTE,
    accion: AccionIntento = AccionIntento.NUEVO_INTENTO,
) -> UUID:
    return evento(reparto, envio, "EMH", motivo=motivo, accion=accion)


def leido(sesion: Session, envio: Envio) -> Envio:
    sesion.rollback()
    return envio_por_id(sesion, envio.id)


def publicados(sesion: Session, envio: Envio) -> list[str]:
    sesion.rollback()
    filas = sesion.exec(select(Evento).where(Evento.objeto_id == envio.id).order_by(col(Evento.numero)))
    return [e.tipo for e in filas]


def pedir(reparto: Reparto, envio: Envio, quien: Any = None) -> None:
    with transaccion() as sesion:
        prorrogar(sesion, reparto.actor(quien or reparto.ana), envio.id)


def test_nadie_lo_retira_y_vuelve_solo(reparto: Reparto, envio: Envio, sesion: Session, reloj: Any) -> None:
    evento(reparto, envio, "EMA")
    evento(reparto, envio, "EDH")
    actual = leido(sesion, envio)
    desde = actual.espera_desde
    assert desde is not None
    assert actual.espera_hasta == desde + timedelta(days=15)
    assert (avisar_fines(), devolver_vencidos()) == (0, 0)
    reloj.situar(desde + timedelta(days=12, seconds=1))
    assert [avisar_fines(), avisar_fines(), devolver_vencidos()] == [1, 0, 0]
    reloj.situar(desde + timedelta(days=15) - timedelta(seconds=5))
    assert devolver_vencidos() == 0
    reloj.situar(desde + timedelta(days=15, seconds=1))
    assert [devolver_vencidos(), devolver_vencidos()] == [1, 0]
    actual = leido(sesion, envio)
    assert (actual.estado, actual.espera_desde, actual.espera_hasta) == ("en_devolucion", None, None)
    ultimo = eventos_de(sesion, envio.id)[-1]
    assert (ultimo.codigo, ultimo.fuente, ultimo.operador_unidad_id) == (
        "QHDV",
        "sistema",
        reparto.correos_id,
    )
    assert ultimo.registrado_por == "sistema:plazo de espera"
    assert publicados(sesion, envio)[-3:] == [
        "EnvioListoParaRetiro",
        "EnvioEsperaPorVencer",
        "EnvioEnDevolucion",
    ]
    assert items(sesion) == []
    evento(reparto, envio, "EMI", entregado_a="remitente")
    assert leido(sesion, envio).estado == "devuelto"


def test_se_alarga_una_vez_y_se_avisa_de_nuevo(
    reparto: Reparto, envio: Envio, sesion: Session, reloj: Any
) -> None:
    evento(reparto, envio, "EDH")
    desde = leido(sesion, envio).espera_desde
    assert desde is not None
    reloj.situar(desde + timedelta(days=13))
    assert avisar_fines() == 1
    pedir(reparto, envio)
    with pytest.raises(YaProrrogado):
        pedir(reparto, envio)
    assert leido(sesion, envio).espera_hasta == desde + timedelta(days=25)
    assert items(sesion) == []
    reloj.situar(desde + timedelta(days=16))
    assert (avisar_fines(), devolver_vencidos()) == (0, 0)
    reloj.situar(desde + timedelta(days=23))
    assert avisar_fines() == 1
    reloj.situar(desde + timedelta(days=25))
    assert devolver_vencidos() == 1
    assert leido(sesion, envio).estado == "en_devolucion"
    assert publicados(sesion, envio).count("EnvioEsperaPorVencer") == 2


def test_ni_la_base_la_alarga_dos_veces(reparto: Reparto, envio: Envio, sesion: Session, duenio: Any) -> None:
    evento(reparto, envio, "EDH")
    pedir(reparto, envio)
    for orden in ("NULL", "nucleo_ahora() + interval '1 day'"):
        with pytest.raises(DBAPIError), duenio.begin() as conexion:
            conexion.execute(text(f"UPDATE envios_envio SET prorrogado_en = {orden}"))


def test_lo_rechazado_no_se_alarga_aunque_su_hora_se_adelante(
    reparto: Reparto, envio: Envio, sesion: Session
) -> None:
    pronto = ahora() + timedelta(minutes=4)
    rechazo = {"motivo": Motivo.DESTINATARIO_RECHAZO, "accion": AccionIntento.NUEVO_INTENTO}
    evento(reparto, envio, "EMH", ocurrido_en=pronto, **rechazo)
    with pytest.raises(SinEspera):
        pedir(reparto, envio)
    assert leido(sesion, envio).prorrogado_en is None
    assert items(sesion) == []


def test_quien_ya_fue_avisado_no_hace_esperar(
    reparto: Reparto, envio: Envio, reloj: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nucleo.tareas.LOTE", 1)
    for uno in (envio, reparto.enviar()):
        evento(reparto, uno, "EDH")
    reloj.adelantar(timedelta(days=12, minutes=1))
    assert [avisar_fines() for _ in range(3)] == [1, 1, 0]


def test_quien_no_espera_nada_no_alarga(reparto: Reparto, envio: Envio, sesion: Session, reloj: Any) -> None:
    with pytest.raises(SinEspera):
        pedir(reparto, envio)
    evento(reparto, envio, "EDH")
    version = leido(sesion, envio).version
    for quien in (reparto.vendedora, reparto.cartero, reparto.ajeno):
        with pytest.raises(EnvioNoEncontrado):
            pedir(reparto, envio, quien)
    reloj.adelantar(timedelta(days=15, hours=1))
    with pytest.raises(SinEspera):  # late, although its sweep has not run
        pedir(reparto, envio)
    assert (leido(sesion, envio).version, leido(sesion, envio).prorrogado_en) == (version, None)


def test_lo_que_se_rechaza_vuelve_solo(reparto: Reparto, envio: Envio, sesion: Session) -> None:
    evento(reparto, envio, "EDG")
    intento(reparto, envio, Motivo.DESTINATARIO_RECHAZO)
    assert leido(sesion, envio).estado == "intento_fallido"
    with pytest.raises(SinEspera):
        pedir(reparto, envio)
    assert devolver_vencidos() == 1
    assert leido(sesion, envio).estado == "en_devolucion"


def test_al_tercer_intento_espera(reparto: Reparto, envio: Envio, sesion: Session) -> None:
    for _ in range(2):
        evento(reparto, envio, "EDG")
        intento(reparto, envio)
        assert leido(sesion, envio).espera_hasta is None
    evento(reparto, envio, "EDG")
    intento(reparto, envio)
    actual = leido(sesion, envio)
    assert (actual.intentos, actual.espera_desde is not None) == (3, True)


def test_al_tercero_la_pagina_ya_no_ofrece_otro_intento(
    reparto: Reparto, envio: Envio, sesion_web: Any
) -> None:
    cartero, pagina = sesion_web(reparto.cartero), f"/envios/operador/{envio.id}/intento"
    for _ in range(2):
        assert 'value="nuevo_intento"' in cartero.get(pagina).text
        intento(reparto, envio)
    texto = cartero.get(pagina).text
    assert 'value="nuevo_intento"' not in texto
    assert "Ya se intentó bastante" in texto


def test_una_correccion_quita_la_espera(reparto: Reparto, envio: Envio, sesion: Session) -> None:
    evento(reparto, envio, "EMA")
    mal = evento(reparto, envio, "EDH")
    with transaccion() as propia:
        nueva = Correccion(MotivoCorreccion.NO_OCURRIO, mal)
        corregir(propia, reparto.actor(reparto.cartero), reparto.correos_id, nueva, Fuente.PAGINA)
    assert (leido(sesion, envio).estado, leido(sesion, envio).espera_desde) == ("admitido", None)


def test_se_retira_o_vuelve_no_las_dos(reparto: Reparto, envio: Envio, sesion: Session, reloj: Any) -> None:
    evento(reparto, envio, "EDH")
    reloj.adelantar(timedelta(days=16))

    def retirar(s: Session) -> None:
        actor = reparto.actor(reparto.cartero)
        assert entregar(s, actor, envio.id, envio.codigo_entrega).error is None

    assert cruzar(retirar, lambda s: devolver_por_plazo(s, envio.id)) is None
    assert leido(sesion, envio).estado == "entregado"
    assert [e.codigo for e in eventos_de(sesion, envio.id)] == ["EDH", "EMI"]


def test_vuelve_una_vez_aunque_se_barra_dos_veces(
    reparto: Reparto, envio: Envio, sesion: Session, reloj: Any
) -> None:
    evento(reparto, envio, "EDH")
    reloj.adelantar(timedelta(days=16))
    assert (
        cruzar(lambda s: devolver_por_plazo(s, envio.id), lambda s: devolver_por_plazo(s, envio.id)) is None
    )
    sesion.rollback()
    assert [e.codigo for e in eventos_de(sesion, envio.id)] == ["EDH", "QHDV"]


def test_callado_un_mes_vuelve_igual(reparto: Reparto, envio: Envio, sesion: Session, reloj: Any) -> None:
    """Its sweep slept, and meanwhile it is one without news: it goes back all the same."""
    evento(reparto, envio, "EDH")
    reloj.adelantar(timedelta(days=31))
    assert revisar_vencidos() == 1
    assert leido(sesion, envio).estado == "sin_noticias"
    assert devolver_vencidos() == 1
    assert leido(sesion, envio).estado == "en_devolucion"


def test_avisos_a_quien_recibe_y_a_quien_envia(
    reparto: Reparto, envio: Envio, sesion: Session, reloj: Any
) -> None:
    evento(reparto, envio, "EDH")
    desde = leido(sesion, envio).espera_desde
    assert desde is not None
    reloj.situar(desde + timedelta(days=13))
    with transaccion() as propia:
        assert avisar_fin(propia, envio.id)
    entregar_pendientes()
    sesion.rollback()
    filas = sesion.exec(select(Notificacion).where(col(Notificacion.clase) == "envios.entrega"))
    dicho = {(f.persona_id, f.unidad_id): f"{f.asunto}. {f.cuerpo}" for f in filas}
    assert len(dicho) == 2
    a_ana = next(t for (persona, _u), t in dicho.items() if persona == reparto.ana.id)
    assert "lo espera hasta el" in a_ana
    assert "Si necesita más tiempo" in a_ana
    (a_la_tienda,) = [t for t in dicho.values() if t != a_ana]
    assert "Nadie retira el envío" in a_la_tienda


def test_rigen_los_terminos_del_dia_del_anuncio(
    sesion: Session, reparto: Reparto, envio: Envio, duenio: Engine, reloj: Any
) -> None:
    """A rule of today changes nothing of what was announced before, whatever happens to it later."""
    intento(reparto, envio, Motivo.DIRECCION_NO_ENCONTRADA, AccionIntento.ESPERAR_INSTRUCCIONES)
    desde = leido(sesion, envio).espera_desde
    assert desde is not None
    hoy = {"hoy": fecha_bolivia(reloj.ahora())}
    with duenio.begin() as conexion:
        for cambio in (
            "UPDATE nucleo_plazo SET vigente_hasta = :hoy WHERE codigo = 'envios.espera'",
            "INSERT INTO nucleo_plazo SELECT gen_random_uuid(), codigo, nombre, 48, unidad, empieza,"
            " prorroga, silencio, 'después', nota, confirmado, :hoy, NULL FROM nucleo_plazo"
            " WHERE codigo = 'envios.espera'",
            "UPDATE envios_regla_de_intentos SET vigente_hasta = :hoy",
            "INSERT INTO envios_regla_de_intentos SELECT gen_random_uuid(), 1, norma, nota, confirmado, :hoy,"
            " NULL FROM envios_regla_de_intentos",
        ):
            conexion.execute(text(cambio), hoy)
    nuevo = reparto.enviar(creado_hace=timedelta())
    intento(reparto, envio)
    intento(reparto, nuevo)
    assert leido(sesion, envio).espera_hasta is None  # the second attempt of three
    intento(reparto, envio)
    viejo, actual = leido(sesion, envio), leido(sesion, nuevo)
    assert viejo.espera_desde is not None
    assert actual.espera_desde is not None
    assert viejo.espera_hasta == viejo.espera_desde + timedelta(days=15)
    assert actual.espera_hasta == actual.espera_desde + timedelta(days=2)  # of one
    assert items(sesion) == []
    for prohibido in (
        "INSERT INTO envios_regla_de_intentos SELECT * FROM envios_regla_de_intentos",
        "UPDATE envios_regla_de_intentos SET intentos = 9",
    ):
        with pytest.raises(DBAPIError, match="permi"), transaccion() as otra:
            otra.connection().execute(text(prohibido))
