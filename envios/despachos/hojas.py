"""The round of a worker: what they take, in what order; it leaves, and its items say so; it ends."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from envios.despachos.anotar import anotar, evento_en
from envios.despachos.bloqueos import bloquear_hoja, bloquear_paradas
from envios.despachos.camino import exigir_franqueado, exigir_reparto
from envios.despachos.cargas import exigir_en_manos
from envios.despachos.consultas import donde_esta, esperan_en, hoja_de_envio
from envios.despachos.errores import NoEstaDentro, NoSePuedeCargar, PasoDeHoja, SinCarga, YaEstaDentro
from envios.despachos.estados import (
    RONDA,
    RONDA_SIN_SALIR,
    VIDA_HOJA,
    VIDA_PARADA,
    EstadoHoja,
    EstadoParada,
)
from envios.despachos.modelos import HojaDeRuta, Parada
from envios.despachos.ordenar import Lugar, en_orden
from envios.eventos import Codigo
from envios.items import EstadoEnvio, envio_por_numero, lugares_de
from envios.items.modelos import Envio
from envios.operadores import Agencia, EnAgencia, exigir_en_agencia, trabajos_en
from envios.tarifas import entrega_cotizada
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.plazos import vence
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

PARADAS_MAXIMO = 300
_POR_ADELANTADO = timedelta(days=7)


def preparar_hoja(
    sesion: Session,
    actor: Actor,
    agencia_id: UUID,
    repartidor_id: UUID,
    dia: date | None = None,
    *,
    id: UUID | None = None,
) -> HojaDeRuta:
    """A new round of a worker of the agency, today or on one of the next days.

    Raises `NoTrabajaAqui`, `DatosInvalidos`.
    """
    donde = exigir_en_agencia(sesion, actor, agencia_id)
    hecha = sesion.get(HojaDeRuta, id) if id is not None else None
    if hecha is not None and hecha.agencia_id == agencia_id:
        return hecha  # the same press, again
    instante = ahora_bd(sesion)
    hoy = fecha_bolivia(instante)
    cuando = dia or hoy
    errores = {}
    if not hoy <= cuando <= hoy + _POR_ADELANTADO:
        errores["dia"] = _("Elija hoy o uno de los próximos siete días.")
    trabajan = {t.persona_id for t in trabajos_en(sesion, [agencia_id]) if t.desde <= cuando}
    if repartidor_id not in trabajan | {actor.persona_id}:
        errores["repartidor_persona_id"] = _("Elija a alguien que trabaje ese día en esta agencia.")
    if errores:
        raise DatosInvalidos(campos=errores)
    hoja = HojaDeRuta(
        id=id or nuevo_id(),
        operador_unidad_id=donde.agencia.operador_unidad_id,
        agencia_id=agencia_id,
        repartidor_persona_id=repartidor_id,
        dia=cuando,
        creada_en=instante,
        creada_por=donde.autorizacion.actor.clave,
        revisar_en=vence(sesion, RONDA_SIN_SALIR, instante + (cuando - hoy)),
    )
    sesion.add(hoja)
    sesion.flush()
    sesion.refresh(hoja)
    datos = {"numero": hoja.numero, "repartidor": str(repartidor_id)}
    auditar(sesion, donde.autorizacion, "ruta.preparar", "envios_hoja_de_ruta", hoja.id, datos)
    return hoja


def agregar(sesion: Session, actor: Actor, hoja_id: UUID, numero: str, *, insiste: bool = False) -> Envio:
    """Scan an item into a round that has not left; scanned twice is once.

    Raises `NoLeToca` (unless they insist), `YaEstaDentro`, `NoSePuedeCargar`, `OtroOperador`,
    `EnvioTerminado`, `PasoDeHoja`.
    """
    hoja, donde = _en_preparacion(sesion, actor, hoja_id)
    envio = envio_por_numero(sesion, numero, hoja.operador_unidad_id)
    exigir_en_manos(envio, hoja.operador_unidad_id)
    if envio.estado is EstadoEnvio.EN_DEVOLUCION:
        raise NoSePuedeCargar(
            _("El envío %(n)s vuelve al remitente: no sale a reparto.") % {"n": envio.numero}
        )
    if entrega_cotizada(sesion, envio.cotizacion_id) == "agencia":
        raise NoSePuedeCargar(
            _("El envío %(n)s se pagó para retirarlo en una agencia: no sale a reparto.")
            % {"n": envio.numero}
        )
    carga = donde_esta(sesion, envio.id)
    if carga is not None:
        raise YaEstaDentro(
            _("El envío %(n)s está en %(donde)s: sáquelo de ahí primero.")
            % {"n": envio.numero, "donde": carga.numero}
        )
    if not insiste:
        exigir_franqueado(sesion, envio)
        exigir_reparto(sesion, envio, donde.agencia, hoja.dia)
    _meter(sesion, donde, hoja, [envio])
    return envio


def agregar_los_que_esperan(sesion: Session, actor: Actor, hoja_id: UUID) -> int:
    """All that is at the agency, goes to its municipality and can leave today. How many were added."""
    hoja, donde = _en_preparacion(sesion, actor, hoja_id)
    ids = esperan_en(sesion, donde.agencia, hoja.dia, PARADAS_MAXIMO)
    envios = sesion.exec(select(Envio).where(col(Envio.id).in_(ids)).order_by(col(Envio.id))).all()
    _meter(sesion, donde, hoja, envios)
    return len(envios)


def _meter(sesion: Session, donde: EnAgencia, hoja: HojaDeRuta, envios: Sequence[Envio]) -> None:
    suyas = bloquear_paradas(
        sesion, col(Parada.hoja_id) == hoja.id, col(Parada.estado) == EstadoParada.PENDIENTE
    )
    nuevos = [e for e in envios if e.id not in {p.envio_id for p in suyas}]
    if len(suyas) + len(nuevos) > PARADAS_MAXIMO:
        raise NoSePuedeCargar(_("En una hoja de ruta caben %(n)d envíos.") % {"n": PARADAS_MAXIMO})
    instante = ahora_bd(sesion)
    try:
        with sesion.begin_nested():
            sesion.add_all(Parada(hoja_id=hoja.id, envio_id=e.id, entro_en=instante) for e in nuevos)
    except IntegrityError as error:
        otra = hoja_de_envio(sesion, nuevos[0].id) if len(nuevos) == 1 else None
        raise YaEstaDentro(
            _("Ese envío está en la hoja de ruta %(n)s: quítelo de ahí primero.")
            % {"n": otra.numero if otra is not None else ""}
        ) from error
    datos = {"envios": len(nuevos)}
    auditar(sesion, donde.autorizacion, "ruta.agregar", "envios_hoja_de_ruta", hoja.id, datos)


def quitar(sesion: Session, actor: Actor, hoja_id: UUID, envio_id: UUID) -> None:
    """Take an item off a round that has not left. Raises `NoEstaDentro`, `PasoDeHoja`."""
    hoja, donde = _en_preparacion(sesion, actor, hoja_id)
    filas = bloquear_paradas(
        sesion,
        col(Parada.hoja_id) == hoja.id,
        col(Parada.envio_id) == envio_id,
        col(Parada.estado) == EstadoParada.PENDIENTE,
    )
    if not filas:
        raise NoEstaDentro(_("Ese envío no está en %(n)s.") % {"n": hoja.numero})
    _terminar(sesion, filas, EstadoParada.QUITADA)
    datos = {"envio": str(envio_id)}
    auditar(sesion, donde.autorizacion, "ruta.quitar", "envios_hoja_de_ruta", hoja.id, datos)
    sesion.flush()


def salir(sesion: Session, actor: Actor, hoja_id: UUID) -> HojaDeRuta:
    """It leaves: its order is written, each item is out for delivery. Raises `SinCarga`, `PasoDeHoja`."""
    hoja, donde = _en_preparacion(sesion, actor, hoja_id)
    filas = bloquear_paradas(
        sesion, col(Parada.hoja_id) == hoja.id, col(Parada.estado) == EstadoParada.PENDIENTE
    )
    consulta = select(Envio).where(col(Envio.id).in_([p.envio_id for p in filas]))
    envios = {e.id: e for e in sesion.exec(consulta)}
    _terminar(sesion, [p for p in filas if envios[p.envio_id].estado.es_terminal], EstadoParada.QUITADA)
    van = {p.envio_id: p for p in filas if p.estado is EstadoParada.PENDIENTE}
    if not van:
        raise SinCarga(_("No hay nada que repartir: agregue algún envío."))
    van_envios = [envios[id] for id in van]
    orden = orden_de_visita(donde.agencia, van_envios, lugares_de(sesion, van_envios))
    for n, envio_id in enumerate(orden, 1):
        van[envio_id].orden = n
    VIDA_HOJA.pasar(hoja, EstadoHoja.EN_REPARTO)
    hoja.salio_en = ahora_bd(sesion)
    hoja.revisar_en = vence(sesion, RONDA, hoja.salio_en)
    sesion.flush()
    nuevos = [evento_en(donde.agencia, Codigo.EDG, id, p.evento_de_salida) for id, p in van.items()]
    anotar(sesion, donde.autorizacion, hoja.operador_unidad_id, nuevos)
    datos = {"envios": len(van)}
    auditar(sesion, donde.autorizacion, "ruta.salir", "envios_hoja_de_ruta", hoja.id, datos)
    return hoja


def orden_de_visita(agencia: Agencia, envios: Sequence[Envio], nombres: Mapping[str, str]) -> list[UUID]:
    """In what order a round from the agency visits these; `nombres` of the places, by INE code."""
    lugares = [
        Lugar(
            e.id,
            nombres.get(e.destino_municipio_ine, ""),
            e.destino_referencia,
            (float(e.latitud), float(e.longitud))
            if e.latitud is not None and e.longitud is not None
            else None,
        )
        for e in envios
    ]
    propio = next((n for ine, n in nombres.items() if ine == agencia.municipio_ine), "")
    con_punto = agencia.latitud is not None and agencia.longitud is not None
    desde = (float(agencia.latitud or 0), float(agencia.longitud or 0)) if con_punto else None
    return en_orden(lugares, propio, desde)


def cerrar_hoja(sesion: Session, actor: Actor, hoja_id: UUID) -> HojaDeRuta:
    """The worker is back: what came of each item is written. Raises `PasoDeHoja`."""
    hoja = bloquear_hoja(sesion, hoja_id)
    donde = exigir_en_agencia(sesion, actor, hoja.agencia_id)
    VIDA_HOJA.exigir_paso(hoja, EstadoHoja.CERRADA)
    _cerrar(sesion, donde.autorizacion, hoja)
    return hoja


def deshacer_hoja(sesion: Session, actor: Actor, hoja_id: UUID) -> HojaDeRuta:
    """It does not leave: its items are free. Raises `PasoDeHoja`."""
    hoja, donde = _en_preparacion(sesion, actor, hoja_id)
    _deshacer(sesion, donde.autorizacion, hoja)
    return hoja


def vencer_hoja(sesion: Session, hoja_id: UUID) -> None:
    """Time undoes a round that did not leave, and closes one that did."""
    hoja = bloquear_hoja(sesion, hoja_id)
    if hoja.revisar_en is None or hoja.revisar_en > ahora_bd(sesion):
        return
    sistema = Autorizacion.propia(Actor.sistema("plazo de la hoja de ruta"))
    if hoja.estado is EstadoHoja.EN_PREPARACION:
        _deshacer(sesion, sistema, hoja)
    else:
        _cerrar(sesion, sistema, hoja)


def _cerrar(sesion: Session, autorizacion: Autorizacion, hoja: HojaDeRuta) -> None:
    filas = bloquear_paradas(
        sesion, col(Parada.hoja_id) == hoja.id, col(Parada.estado) == EstadoParada.PENDIENTE
    )
    consulta = select(Envio.id, Envio.estado).where(col(Envio.id).in_([p.envio_id for p in filas]))
    estados = dict(sesion.exec(consulta).all())
    VIDA_HOJA.pasar(hoja, EstadoHoja.CERRADA)
    hoja.cerrada_en, hoja.cerrada_por = ahora_bd(sesion), autorizacion.actor.clave
    hoja.revisar_en = None
    sesion.flush()
    for fila in filas:
        _terminar(sesion, [fila], resultado_de(EstadoEnvio(estados[fila.envio_id])))
    datos = {"envios": len(filas)}
    auditar(sesion, autorizacion, "ruta.cerrar", "envios_hoja_de_ruta", hoja.id, datos)
    sesion.flush()


def resultado_de(estado: EstadoEnvio) -> EstadoParada:
    """What a round came to for an item in that state."""
    if estado is EstadoEnvio.ENTREGADO:
        return EstadoParada.ENTREGADA
    return EstadoParada.SIN_RESULTADO if estado is EstadoEnvio.EN_REPARTO else EstadoParada.NO_ENTREGADA


def _deshacer(sesion: Session, autorizacion: Autorizacion, hoja: HojaDeRuta) -> None:
    filas = bloquear_paradas(
        sesion, col(Parada.hoja_id) == hoja.id, col(Parada.estado) == EstadoParada.PENDIENTE
    )
    VIDA_HOJA.pasar(hoja, EstadoHoja.DESHECHA)
    hoja.revisar_en = None
    sesion.flush()
    _terminar(sesion, filas, EstadoParada.QUITADA)
    auditar(sesion, autorizacion, "ruta.deshacer", "envios_hoja_de_ruta", hoja.id, {})
    sesion.flush()


def _terminar(sesion: Session, filas: Sequence[Parada], a: EstadoParada) -> None:
    instante = ahora_bd(sesion)
    for fila in filas:
        VIDA_PARADA.pasar(fila, a)
        fila.termino_en = instante


def _en_preparacion(sesion: Session, actor: Actor, hoja_id: UUID) -> tuple[HojaDeRuta, EnAgencia]:
    hoja = bloquear_hoja(sesion, hoja_id)
    donde = exigir_en_agencia(sesion, actor, hoja.agencia_id)
    if hoja.estado is not EstadoHoja.EN_PREPARACION:
        raise PasoDeHoja(
            _("La hoja de ruta %(n)s está %(estado)s: lo que lleva ya no cambia.")
            % {"n": hoja.numero, "estado": hoja.estado.texto.lower()}
        )
    return hoja, donde
