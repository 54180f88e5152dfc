"""Recording events: any order, any number of times, each item by itself; one delivery whatever happens."""

import itertools
import random
import threading
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from empresa_digital.registro import SinFacultad
from envios.entrega.codigos import renovar_codigo
from envios.entrega.entregar import entregar
from envios.eventos.anular import autorizar_remitente, pedir_anulacion, responder_anulacion
from envios.eventos.consultas import eventos_de, incidencias_por_envio
from envios.eventos.derivar import QuienRecibe, derivar
from envios.eventos.errores import (
    CodigoBloqueado,
    CodigoIncorrecto,
    EventoInvalido,
    EventoSinExplicar,
    IdentidadEnUso,
    TraspasoSinDar,
    YaEnManos,
)
from envios.eventos.modelos import EventoEnvio
from envios.eventos.motivos import AccionIntento, Motivo
from envios.eventos.nuevo import EventoNuevo, Fuente, Resultado, ResultadoEvento
from envios.eventos.presentar import en_su_zona
from envios.eventos.registrar_eventos import registrar_evento, registrar_eventos
from envios.eventos.sucesos import Suceso
from envios.eventos.verificar import items
from envios.items.codigo_entrega import codigo_de, con_control
from envios.items.consultas import envio_por_id
from envios.items.errores import EnvioNoEncontrado, EnvioTerminado
from envios.items.estados import EstadoEnvio
from envios.items.modelos import Envio
from envios.items.terminos import terminos
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from nucleo.modelos import Auditoria, Evento
from nucleo.reloj import ahora
from tests.ayudas.carreras import cruzar
from tests.envios.conftest import POTOSI, SORATA, Reparto

BOLIVIA = timezone(timedelta(hours=-4))


def subir(reparto: Reparto, nuevos: list[EventoNuevo], fuente: Fuente = Fuente.LOTE) -> list[ResultadoEvento]:
    with transaccion() as sesion:
        return registrar_eventos(sesion, reparto.actor(reparto.cartero), reparto.correos_id, nuevos, fuente)


def hace(minutos: int) -> datetime:
    return (ahora() - timedelta(minutes=minutos)).astimezone(BOLIVIA).replace(microsecond=0)


def publicados(sesion: Session, envio_id: UUID) -> list[str]:
    sesion.rollback()
    filas = sesion.exec(select(Evento).where(Evento.objeto_id == envio_id).order_by(col(Evento.numero)))
    return [e.tipo for e in filas]


def codigo_malo(envio: Envio) -> str:
    return "000000" if envio.codigo_entrega != "000000" else "111111"


def historia(envio: Envio) -> list[EventoNuevo]:
    """From acceptance to a failed attempt, a second one and the delivery."""
    return [
        EventoNuevo("EMA", envio.id, ocurrido_en=hace(600), lugar="Oficina central"),
        EventoNuevo("EMC", envio.id, ocurrido_en=hace(500)),
        EventoNuevo("EMG", envio.id, ocurrido_en=hace(400)),
        EventoNuevo("EDG", envio.id, ocurrido_en=hace(300)),
        EventoNuevo(
            "EMH",
            envio.id,
            ocurrido_en=hace(250),
            motivo=Motivo.DESTINATARIO_AUSENTE,
            accion=AccionIntento.NUEVO_INTENTO,
        ),
        EventoNuevo("EDG", envio.id, ocurrido_en=hace(100)),
        EventoNuevo("EMI", envio.id, ocurrido_en=hace(50), codigo_entrega=envio.codigo_entrega),
    ]


def test_una_historia_entera_exacta(sesion: Session, reparto: Reparto) -> None:
    envio = reparto.enviar()
    pasos = historia(envio)
    estados = [subir(reparto, [paso])[0].envio.estado for paso in pasos]  # type: ignore[union-attr]
    assert estados == [
        "admitido",
        "en_transito",
        "en_transito",
        "en_reparto",
        "intento_fallido",
        "en_reparto",
        "entregado",
    ]
    final = envio_por_id(sesion, envio.id)
    assert final.admitido_en == pasos[0].ocurrido_en
    assert final.entregado_en == final.estado_en == final.ultimo_evento_en == pasos[-1].ocurrido_en
    assert (final.intentos, final.version) == (1, 8)
    guardados = eventos_de(sesion, envio.id)
    assert [e.codigo for e in guardados] == ["EMA", "EMC", "EMG", "EDG", "EMH", "EDG", "EMI"]
    primero = guardados[0]
    assert (primero.desfase_min, primero.fuente, primero.lugar) == (-240, "lote", "Oficina central")
    assert en_su_zona(primero).isoformat() == pasos[0].ocurrido_en.isoformat()  # type: ignore[union-attr]
    assert primero.recibido_en > primero.ocurrido_en
    assert publicados(sesion, envio.id) == [
        "EnvioAnunciado",
        "EnvioAdmitido",
        "EnvioEnReparto",
        "EnvioIntentoFallido",
        "EnvioEnReparto",
        "EnvioEntregado",
    ]
    entregado = sesion.exec(select(Evento).where(Evento.tipo == "EnvioEntregado")).one()
    assert entregado.datos == {
        "envio_id": str(envio.id),
        "numero": envio.numero,
        "referencia_tipo": "pedido",
        "referencia_id": str(envio.referencia_id),
        "evento_id": str(guardados[-1].id),
        "codigo": "EMI",
    }
    auditados = sesion.exec(
        select(Auditoria).where(Auditoria.accion == "envio.evento").order_by(col(Auditoria.numero))
    ).all()
    assert len(auditados) == 7
    assert (auditados[0].actor_id, auditados[0].unidad_id) == (reparto.cartero.id, reparto.correos_id)


@pytest.mark.parametrize("semilla", range(4))
def test_lotes_en_cualquier_orden_dan_lo_mismo(sesion: Session, reparto: Reparto, semilla: int) -> None:
    """Shuffled, split into batches and sent twice: same state, one delivery, nothing lost or doubled."""
    envio = reparto.enviar()
    azar = random.Random(semilla)
    base = historia(envio)
    pasos = base * 2
    azar.shuffle(pasos)
    cortes = sorted(azar.sample(range(1, len(pasos)), 3))
    lotes = [pasos[a:b] for a, b in itertools.pairwise([0, *cortes, len(pasos)])]
    resultados = [r for lote in lotes for r in subir(reparto, lote)]
    cuenta = {r: sum(x.resultado is r for x in resultados) for r in Resultado}
    assert cuenta == {Resultado.REGISTRADO: 7, Resultado.REPETIDO: 7, Resultado.RECHAZADO: 0}
    final = envio_por_id(sesion, envio.id)
    assert (final.estado, final.intentos) == (EstadoEnvio.ENTREGADO, 1)
    assert final.entregado_en == base[-1].ocurrido_en
    assert len(eventos_de(sesion, envio.id)) == 7
    assert publicados(sesion, envio.id).count("EnvioEntregado") == 1


def test_un_lote_publica_lo_que_es_noticia_y_se_audita_una_vez(sesion: Session, reparto: Reparto) -> None:
    """What was out for delivery this morning and is delivered by now is told once: that it was delivered."""
    envio, otro = reparto.enviar(), reparto.enviar()
    resultados = subir(reparto, historia(envio) + historia(otro)[:6])
    assert {r.resultado for r in resultados} == {Resultado.REGISTRADO}
    assert publicados(sesion, envio.id) == ["EnvioAnunciado", "EnvioEntregado"]
    assert publicados(sesion, otro.id) == ["EnvioAnunciado", "EnvioAdmitido", "EnvioEnReparto"]
    auditados = sesion.exec(select(Auditoria).where(Auditoria.accion == "envio.evento")).all()
    assert {a.objeto_id: (a.datos["antes"], a.datos["despues"]) for a in auditados} == {
        str(envio.id): ("anunciado", "entregado"),
        str(otro.id): ("anunciado", "en_reparto"),
    }
    assert {a.actor_id for a in auditados} == {reparto.cartero.id}
    anotados = {e.id: e.codigo for i in (envio.id, otro.id) for e in eventos_de(sesion, i)}
    assert {k: v for a in auditados for k, v in a.datos["eventos"].items()} == {
        str(id): codigo for id, codigo in anotados.items()
    }
    assert (envio_por_id(sesion, envio.id).version, envio_por_id(sesion, otro.id).version) == (2, 2)


def test_mil_eventos_en_pocas_sentencias(reparto: Reparto, contar_consultas: Any) -> None:
    """A batch of a hundred takes as many statements as a batch of ten."""
    envios = [reparto.enviar() for _ in range(12)]
    cuentas = []
    for algunos in (envios[:2], envios[2:]):
        with contar_consultas() as sentencias:
            subir(reparto, [paso for envio in algunos for paso in historia(envio)])
        cuentas.append(len(sentencias))
    assert cuentas[0] == cuentas[1] <= 20, cuentas


def test_un_evento_tardio_no_reabre_ni_hace_noticia(sesion: Session, reparto: Reparto) -> None:
    envio = reparto.enviar()
    entrega = EventoNuevo("EMI", envio.id, ocurrido_en=hace(60), codigo_entrega=envio.codigo_entrega)
    subir(reparto, [entrega])
    antes = publicados(sesion, envio.id)
    tardios = [
        EventoNuevo("EDG", envio.id, ocurrido_en=hace(90)),
        EventoNuevo("EMF", envio.id, ocurrido_en=hace(5)),
    ]
    assert [r.resultado for r in subir(reparto, tardios)] == [Resultado.REGISTRADO] * 2
    final = envio_por_id(sesion, envio.id)
    assert (final.estado, final.entregado_en) == (EstadoEnvio.ENTREGADO, entrega.ocurrido_en)
    assert final.admitido_en == tardios[0].ocurrido_en
    assert len(eventos_de(sesion, envio.id)) == 3
    assert publicados(sesion, envio.id) == antes == ["EnvioAnunciado", "EnvioEntregado"]


def test_la_base_de_datos_misma_no_reabre_ni_reescribe(duenio: Engine, reparto: Reparto) -> None:
    envio = reparto.enviar()
    subir(reparto, historia(envio))
    for orden in (
        "UPDATE envios_envio SET estado = 'en_reparto', entregado_en = NULL",
        "UPDATE envios_envio SET numero = 'PQ000000015BO'",
        "DELETE FROM envios_envio",
        "UPDATE envios_evento SET lugar = 'otro'",
        "DELETE FROM envios_evento",
    ):
        with duenio.connect() as conexion, pytest.raises(DBAPIError, match=r"no admite|no pasa de"):
            conexion.execute(text(orden))


def test_identidad_es_operador_instante_codigo_y_nunca_el_lugar(sesion: Session, reparto: Reparto) -> None:
    envio = reparto.enviar()
    evento = EventoNuevo("EMB", envio.id, ocurrido_en=hace(60), lugar="Oruro")
    assert subir(reparto, [evento])[0].resultado is Resultado.REGISTRADO
    repetido = subir(reparto, [replace(evento, lugar="ORURO, Bolivia")])[0]
    assert repetido.resultado is Resultado.REPETIDO
    assert repetido.evento is not None
    assert repetido.evento.lugar == "Oruro"
    distinto = subir(reparto, [replace(evento, evento_cliente_id="aparato-7/33")])[0]
    assert distinto.resultado is Resultado.REGISTRADO
    assert len(eventos_de(sesion, envio.id)) == 2


def test_el_identificador_del_cliente_no_sirve_para_dos_eventos(sesion: Session, reparto: Reparto) -> None:
    uno, otro = reparto.enviar(), reparto.enviar()
    evento = EventoNuevo("EMB", uno.id, ocurrido_en=hace(60), evento_cliente_id="x1")
    primero, repetido, ajeno = subir(reparto, [evento, evento, replace(evento, envio_id=otro.id)])
    assert (primero.resultado, repetido.resultado) == (Resultado.REGISTRADO, Resultado.REPETIDO)
    assert isinstance(ajeno.error, IdentidadEnUso)
    assert len(eventos_de(sesion, otro.id)) == 0


def test_codigo_desconocido_se_guarda_y_sigue_desconocido(sesion: Session, reparto: Reparto) -> None:
    envio = reparto.enviar()
    resultado = subir(reparto, [EventoNuevo("ZZ9", envio.id, ocurrido_en=hace(60))])[0]
    assert resultado.resultado is Resultado.REGISTRADO
    assert resultado.evento is not None
    assert (resultado.evento.estado, envio_por_id(sesion, envio.id).estado) == ("desconocido", "anunciado")


@pytest.mark.parametrize(
    ("evento", "error"),
    [
        (EventoNuevo("em a"), EventoInvalido),
        (EventoNuevo("EMB", ocurrido_en=datetime(2026, 1, 1, 8)), EventoInvalido),  # noqa: DTZ001
        (EventoNuevo("EMB", ocurrido_en=datetime.now(timezone(timedelta(hours=20)))), EventoInvalido),
        (EventoNuevo("EMB", ocurrido_en=datetime(2020, 1, 1, tzinfo=UTC)), EventoInvalido),
        (EventoNuevo("EMB", ocurrido_en=datetime(2099, 1, 1, tzinfo=UTC)), EventoInvalido),
        (EventoNuevo("EMB", municipio_ine="999999"), EventoInvalido),
        (EventoNuevo("EMH"), EventoSinExplicar),
        (EventoNuevo("EMH", motivo=Motivo.CLIMA), EventoSinExplicar),
        (EventoNuevo("EMI"), CodigoIncorrecto),
        (EventoNuevo("QHTE"), EventoInvalido),
        (EventoNuevo("EMA", contraparte_unidad_id=nuevo_id()), EventoInvalido),
    ],
)
def test_lo_mal_formado_se_rechaza_solo(
    sesion: Session, reparto: Reparto, evento: EventoNuevo, error: type[Exception]
) -> None:
    envio = reparto.enviar()
    bueno = EventoNuevo("EMA", envio.id, ocurrido_en=hace(60))
    malo, registrado = subir(reparto, [replace(evento, envio_id=envio.id), bueno])
    assert (malo.resultado, registrado.resultado) == (Resultado.RECHAZADO, Resultado.REGISTRADO)
    assert isinstance(malo.error, error)
    assert [e.codigo for e in eventos_de(sesion, envio.id)] == ["EMA"]
    assert envio_por_id(sesion, envio.id).codigo_fallos == 0  # a missing code is not a guess


def test_por_numero_y_envios_ajenos(sesion: Session, reparto: Reparto, crear_unidad: Any) -> None:
    envio = reparto.enviar()
    ajeno = crear_unidad(
        "Otro operador",
        tipo="OPERADOR_POSTAL",
        representante=reparto.ajeno,
        habilitaciones=["OPERADOR_POSTAL"],
    )
    escrito = f"{envio.numero[:2]} {envio.numero[2:11]}-bo".lower()
    bien, nadie = subir(
        reparto, [EventoNuevo("EMA", numero=escrito), EventoNuevo("EMA", numero="RR473124829BO")]
    )
    assert bien.envio is not None
    assert (bien.resultado, bien.envio.id) == (Resultado.REGISTRADO, envio.id)
    assert isinstance(nadie.error, EnvioNoEncontrado)
    with transaccion() as otra:
        actor = reparto.actor(reparto.ajeno)
        (robado,) = registrar_eventos(otra, actor, ajeno.id, [EventoNuevo("EMB", envio.id)], Fuente.LOTE)
    assert robado.resultado is Resultado.REGISTRADO  # it waits for a hand-over, and counts for nothing
    assert [e.codigo for e in eventos_de(sesion, envio.id)] == ["EMA", "EMB"]
    leido = envio_por_id(sesion, envio.id)
    assert (leido.estado, leido.custodio_unidad_id) == (EstadoEnvio.ADMITIDO, reparto.correos_id)


def test_sin_facultad_no_cambia_nada(sesion: Session, reparto: Reparto) -> None:
    envio = reparto.enviar()
    for quien in (reparto.ana, reparto.vendedora, reparto.ajeno):
        actor, error = reparto.actor(quien), EnvioNoEncontrado if quien is reparto.ajeno else SinFacultad
        with pytest.raises(error):
            registrar_evento(sesion, actor, envio.id, EventoNuevo("EMA"), Fuente.API)
        with pytest.raises(error):
            entregar(sesion, actor, envio.id, envio.codigo_entrega)
    with pytest.raises(EnvioNoEncontrado):
        registrar_evento(sesion, reparto.actor(reparto.cartero), nuevo_id(), EventoNuevo("EMA"), Fuente.API)
    leido = envio_por_id(sesion, envio.id)
    assert (leido.estado, leido.version, leido.codigo_fallos) == (EstadoEnvio.ANUNCIADO, 1, 0)
    assert eventos_de(sesion, envio.id) == []
    assert publicados(sesion, envio.id) == ["EnvioAnunciado"]


# --- The delivery code -------------------------------------------------------------------------------


def _entregar(reparto: Reparto, envio: Envio, codigo: str, **opciones: Any) -> ResultadoEvento:
    with transaccion() as sesion:
        return entregar(sesion, reparto.actor(reparto.cartero), envio.id, codigo, **opciones)


@pytest.mark.parametrize(
    "dicho", ["", "12", "1234567", "12345a", "\u0661\u0662\u0663\u0664\u0665\u0666", " - "]
)
def test_lo_que_no_son_seis_digitos_no_gasta_un_intento(
    sesion: Session, reparto: Reparto, dicho: str
) -> None:
    envio = reparto.enviar()
    error = _entregar(reparto, envio, dicho).error
    assert isinstance(error, CodigoIncorrecto)
    assert error.detalle == "Pida otra vez el código a quien recibe: son 7 dígitos y alguno no coincide."
    assert envio_por_id(sesion, envio.id).codigo_fallos == 0


def test_cinco_codigos_malos_lo_bloquean_y_solo_quien_recibe_lo_renueva(
    sesion: Session, reparto: Reparto
) -> None:
    envio = reparto.enviar()
    malo = codigo_malo(envio)
    errores = [_entregar(reparto, envio, malo).error for _ in range(5)]
    assert [type(e) for e in errores] == [CodigoIncorrecto] * 4 + [CodigoBloqueado]
    assert [e.extra["intentos_restantes"] for e in errores[:4] if e] == [4, 3, 2, 1]
    assert isinstance(
        _entregar(reparto, envio, envio.codigo_entrega).error, CodigoBloqueado
    )  # even the right one
    assert (envio_por_id(sesion, envio.id).codigo_fallos, eventos_de(sesion, envio.id)) == (5, [])
    fallos = sesion.exec(
        select(Auditoria).where(Auditoria.accion == "envio.codigo_incorrecto").order_by(col(Auditoria.numero))
    ).all()
    assert [f.datos["fallos"] for f in fallos] == [1, 2, 3, 4, 5]

    for quien in (reparto.cartero, reparto.vendedora, reparto.ajeno):
        with pytest.raises(EnvioNoEncontrado):
            renovar_codigo(sesion, reparto.actor(quien), envio.id)
    with transaccion() as otra:
        nuevo = renovar_codigo(otra, reparto.actor(reparto.ana), envio.id).codigo_entrega
    assert nuevo == con_control(codigo_de(envio.id, 2))
    assert isinstance(_entregar(reparto, envio, envio.codigo_entrega).error, CodigoIncorrecto)  # the old one
    assert _entregar(reparto, envio, f"{nuevo[:3]} {nuevo[3:]}").resultado is Resultado.REGISTRADO
    sesion.rollback()
    with pytest.raises(EnvioTerminado):
        renovar_codigo(sesion, reparto.actor(reparto.ana), envio.id)


def test_quien_no_tiene_el_paquete_no_prueba_codigos(
    sesion: Session, reparto: Reparto, crear_unidad: Any
) -> None:
    """Another operator could lock anybody's code, or guess it; the word of who carries it is enough."""
    envio = reparto.enviar()
    ajeno = crear_unidad(
        "Otro operador",
        tipo="OPERADOR_POSTAL",
        representante=reparto.ajeno,
        habilitaciones=["OPERADOR_POSTAL"],
    )

    def entrega(codigo: str, id: str) -> ResultadoEvento:
        nuevo = EventoNuevo("EMI", envio.id, evento_cliente_id=id, codigo_entrega=codigo)
        with transaccion() as otra:
            return registrar_eventos(otra, reparto.actor(reparto.ajeno), ajeno.id, [nuevo], Fuente.API)[0]

    subir(reparto, [EventoNuevo("EMA", envio.id)])
    for i in range(6):
        assert isinstance(entrega("000000", f"e{i}").error, TraspasoSinDar)
    assert isinstance(entrega(envio.codigo_entrega, "bueno").error, TraspasoSinDar)
    leido = envio_por_id(sesion, envio.id)
    assert (leido.estado, leido.codigo_fallos, leido.version) == (EstadoEnvio.ADMITIDO, 0, 2)
    assert [e.codigo for e in eventos_de(sesion, envio.id)] == ["EMA"]

    subir(reparto, [EventoNuevo("QHTE", envio.id, contraparte_unidad_id=ajeno.id)])
    assert entrega(envio.codigo_entrega, "bueno").resultado is Resultado.REGISTRADO


def test_codigos_malos_en_un_lote_tambien_cuentan(sesion: Session, reparto: Reparto) -> None:
    envio = reparto.enviar()
    intentos = [
        EventoNuevo("EMI", envio.id, ocurrido_en=hace(60 - i), codigo_entrega=f"{n:06d}")
        for i, n in enumerate(n for n in range(20) if f"{n:06d}" != envio.codigo_entrega)
    ]
    resultados = subir(reparto, intentos)
    assert [type(r.error) for r in resultados[:5]] == [CodigoIncorrecto] * 4 + [CodigoBloqueado]
    assert {type(r.error) for r in resultados[5:]} == {CodigoBloqueado}
    assert envio_por_id(sesion, envio.id).codigo_fallos == 5


def test_adivinar_a_la_vez_no_da_mas_intentos(sesion: Session, reparto: Reparto) -> None:
    envio = reparto.enviar()
    malo = codigo_malo(envio)
    tipos = _a_la_vez(8, lambda _i: type(_entregar(reparto, envio, malo).error))
    assert tipos.count(CodigoIncorrecto) == 4
    assert tipos.count(CodigoBloqueado) == 4
    assert envio_por_id(sesion, envio.id).codigo_fallos == 5


def test_codigos_de_envios_distintos_son_distintos_y_de_seis_cifras() -> None:
    codigos = [codigo_de(nuevo_id(), 1) for _ in range(300)]
    assert all(len(c) == 6 and c.isdigit() for c in codigos)
    assert len(set(codigos)) > 290


# --- Races -------------------------------------------------------------------------------------------


def _a_la_vez(cuantos: int, funcion: Any) -> list[Any]:
    barrera = threading.Barrier(cuantos, timeout=20)
    salidas: list[Any] = [None] * cuantos

    def correr(i: int) -> None:
        barrera.wait()
        salidas[i] = funcion(i)

    hilos = [threading.Thread(target=correr, args=(i,)) for i in range(cuantos)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(30)
    return salidas


def test_dos_cargas_a_la_vez_con_el_mismo_identificador(sesion: Session, reparto: Reparto) -> None:
    """The second waits for the first, refuses what it took and records the rest."""
    uno, otro = reparto.enviar(), reparto.enviar()
    dado = EventoNuevo("EMB", uno.id, ocurrido_en=hace(60), evento_cliente_id="x1")
    tomado = replace(dado, envio_id=otro.id)
    bueno = EventoNuevo("EMA", otro.id, ocurrido_en=hace(90), evento_cliente_id="x2")
    actor, hechos = reparto.actor(reparto.cartero), []

    def cargar(otra: Session, nuevos: list[EventoNuevo]) -> None:
        hechos.extend(registrar_eventos(otra, actor, reparto.correos_id, nuevos, Fuente.LOTE))

    falla = cruzar(lambda s: cargar(s, [dado]), lambda s: cargar(s, [tomado, tomado, bueno]))
    assert falla is None
    assert [r.resultado for r in hechos] == ["registrado", "rechazado", "rechazado", "registrado"]
    assert all(isinstance(r.error, IdentidadEnUso) for r in hechos[1:3])
    assert [e.codigo for e in eventos_de(sesion, uno.id)] == ["EMB"]
    assert [e.codigo for e in eventos_de(sesion, otro.id)] == ["EMA"]
    assert envio_por_id(sesion, otro.id).estado is EstadoEnvio.ADMITIDO
    assert items(sesion) == []


@pytest.mark.parametrize("ronda", range(3))
def test_dos_carteros_entregan_a_la_vez_y_es_una_entrega_y_tres_incidencias(
    sesion: Session, reparto: Reparto, ronda: int
) -> None:
    envio = reparto.enviar()
    resultados = _a_la_vez(
        4, lambda i: _entregar(reparto, envio, envio.codigo_entrega, evento_cliente_id=f"a{i}")
    )
    assert [r.resultado for r in resultados] == ["registrado"] * 4
    assert [e.codigo for e in eventos_de(sesion, envio.id)] == ["EMI"] * 4
    incidencias = incidencias_por_envio(sesion, [envio.id])[envio.id]
    assert [i.clase for i in incidencias if i.estado == "abierta"] == ["entrega_doble"] * 3
    assert publicados(sesion, envio.id).count("EnvioEntregado") == 1
    assert envio_por_id(sesion, envio.id).codigo_fallos == 0


def test_el_mismo_formulario_enviado_dos_veces_a_la_vez(sesion: Session, reparto: Reparto) -> None:
    envio = reparto.enviar()
    fijo = EventoNuevo(
        "EMI", envio.id, ocurrido_en=hace(1), evento_cliente_id="f:1", codigo_entrega=envio.codigo_entrega
    )
    resultados = _a_la_vez(4, lambda _i: subir(reparto, [fijo])[0])
    assert sorted(r.resultado for r in resultados) == ["registrado"] + ["repetido"] * 3
    assert publicados(sesion, envio.id).count("EnvioEntregado") == 1


def test_lotes_cruzados_no_se_traban(sesion: Session, reparto: Reparto) -> None:
    """Two batches over the same items in opposite orders: locks are taken by id, so nobody deadlocks."""
    envios = [reparto.enviar() for _ in range(5)]
    directo = [EventoNuevo("EMB", e.id, ocurrido_en=hace(60)) for e in envios]
    lotes = [directo, directo[::-1]] * 2
    resultados = _a_la_vez(4, lambda i: [r.resultado for r in subir(reparto, lotes[i])])
    planos = [r for lote in resultados for r in lote]
    assert (planos.count(Resultado.REGISTRADO), planos.count(Resultado.REPETIDO)) == (5, 15)


# --- Returns and cancellation --------------------------------------------------------------------------


def test_devolucion_hasta_el_remitente(sesion: Session, reparto: Reparto) -> None:
    envio = reparto.enviar()
    rechazo = EventoNuevo(
        "EMH",
        envio.id,
        ocurrido_en=hace(90),
        motivo=Motivo.DESTINATARIO_RECHAZO,
        accion=AccionIntento.DEVOLVER,
    )
    vuelta = EventoNuevo("EMI", envio.id, ocurrido_en=hace(30), entregado_a=QuienRecibe.REMITENTE)
    resultados = subir(reparto, [vuelta, EventoNuevo("EMC", envio.id, ocurrido_en=hace(60)), rechazo])
    assert [r.resultado for r in resultados] == [Resultado.REGISTRADO] * 3
    final = envio_por_id(sesion, envio.id)
    assert (final.estado, final.entregado_en) == (EstadoEnvio.DEVUELTO, None)
    assert publicados(sesion, envio.id) == ["EnvioAnunciado", "EnvioDevuelto"]  # the rest is no news any more
    assert incidencias_por_envio(sesion, [envio.id]) == {envio.id: []}


def test_el_remitente_anula_solo_antes_de_la_admision(sesion: Session, reparto: Reparto) -> None:
    envio = reparto.enviar()
    with transaccion() as otra:
        autorizacion = autorizar_remitente(otra, reparto.actor(reparto.vendedora), envio)
        pedir_anulacion(otra, autorizacion, envio.id)
    assert envio_por_id(sesion, envio.id).estado is EstadoEnvio.ANUNCIADO
    assert publicados(sesion, envio.id) == ["EnvioAnunciado", "EnvioAnulacionPedida"]
    with transaccion() as otra:
        responder_anulacion(otra, reparto.actor(reparto.cartero), envio.id, confirma=True)
    sesion.rollback()
    assert envio_por_id(sesion, envio.id).estado is EstadoEnvio.ANULADO
    assert publicados(sesion, envio.id) == ["EnvioAnunciado", "EnvioAnulacionPedida", "EnvioAnulado"]

    admitido = reparto.enviar()
    subir(reparto, [EventoNuevo("EMA", admitido.id, ocurrido_en=hace(5))])
    with pytest.raises(YaEnManos):
        pedir_anulacion(sesion, autorizacion, admitido.id)
    sesion.rollback()
    assert envio_por_id(sesion, admitido.id).estado is EstadoEnvio.ADMITIDO
    with pytest.raises(SinFacultad):
        autorizar_remitente(sesion, reparto.actor(reparto.cartero), admitido)


def test_la_suma_de_eventos_es_la_misma_que_la_fila(sesion: Session, reparto: Reparto) -> None:
    """The row is only a cache of the events: derive again and compare. What is derived is the whole event."""
    assert [campo.name for campo in fields(Suceso)] == list(EventoEnvio.model_fields)
    envio = reparto.enviar()
    subir(reparto, historia(envio))
    fila = envio_por_id(sesion, envio.id)
    suyos = terminos(sesion, fila.creado_en)
    derivado = derivar(eventos_de(sesion, envio.id), (), reparto.correos_id, fila.creado_en, suyos, ahora())
    assert (derivado.estado, derivado.admitido_en, derivado.entregado_en, derivado.intentos) == (
        fila.estado,
        fila.admitido_en,
        fila.entregado_en,
        fila.intentos,
    )


def test_en_que_agencia_ocurrio(sesion: Session, reparto: Reparto, duenio: Engine) -> None:
    envio = reparto.enviar()
    suya, otra = reparto.agencia("PT-01", POTOSI, reparto.cartero), reparto.agencia("PT-02", POTOSI)
    cerrada = reparto.agencia("PT-03", POTOSI, reparto.cartero)
    with duenio.begin() as conexion:
        conexion.execute(
            text(
                "UPDATE envios_agencia SET estado = 'cerrada', cerrada_motivo = 'Refacción', "
                "cerrada_en = nucleo_ahora() - interval '1 hour' WHERE id = :id"
            ),
            {"id": cerrada.id},
        )

    def en(agencia: UUID, codigo: str, minutos: int) -> EventoNuevo:
        return EventoNuevo(
            codigo, envio.id, None, hace(minutos), municipio_ine=SORATA, lugar="Otra", agencia_id=agencia
        )

    casos = [(suya.id, "EMA", 300), (cerrada.id, "EMB", 90), (cerrada.id, "EMC", 30), (otra.id, "EMD", 20)]
    hechos = subir(reparto, [en(*caso) for caso in (*casos, (nuevo_id(), "EMD", 10))])

    assert [r.resultado for r in hechos] == ["registrado", "registrado"] + ["rechazado"] * 3
    assert [r.error.detalle for r in hechos if r.error] == [
        "Agencia PT-03 ya estaba cerrada: elija otra agencia.",
        *["Elija una agencia de su operador en la que usted trabaje."] * 2,
    ]
    guardados = [(e.agencia_id, e.municipio_ine, e.lugar) for e in eventos_de(sesion, envio.id)]
    assert guardados == [(suya.id, POTOSI, "Agencia PT-01"), (cerrada.id, POTOSI, "Agencia PT-03")]
    ajena = EventoEnvio(**(asdict(eventos_de(sesion, envio.id)[0]) | {"id": nuevo_id()}))
    ajena.operador_unidad_id, ajena.evento_cliente_id = reparto.tienda_id, "de-otro"
    sesion.add(ajena)
    with pytest.raises(DBAPIError, match="fk_envios_evento_agencia"):
        sesion.flush()
