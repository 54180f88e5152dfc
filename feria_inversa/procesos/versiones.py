"""A published process changes by versions: each is an act with its public reason, and bids wait for theirs.

An amendment, a longer reception, a suspension, a resumption. What a bid was made for is never changed under
it: the bid counts for the version that it was made or reconfirmed for.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from moneyed import Money
from sqlmodel import Session, col, delete

from empresa_digital.registro import (
    Compromiso,
    Facultad,
    Habilitacion,
    exigir_facultad,
    exigir_habilitacion,
    unidad_por_id,
    usar_mandato,
)
from feria_inversa.actos import (
    AMPLIACION,
    ENMIENDA,
    REANUDACION,
    SUSPENSION,
    acta_de_clase,
    levantar,
    publicar_acto,
)
from feria_inversa.documentos import DocumentoNuevo, agregar
from feria_inversa.papeles import CONDUCIR, exigir_papel
from feria_inversa.precios import sumar
from feria_inversa.procesos import eventos
from feria_inversa.procesos.bloqueos import bloquear, bloquear_publica
from feria_inversa.procesos.consultas import items_de, reglas_de
from feria_inversa.procesos.convocatorias import (
    OBJETO,
    PLAZO_MAXIMO,
    cancelar_con,
    exigir_motivo,
    pasar,
    texto_de_busqueda,
)
from feria_inversa.procesos.dbc import volver_a_emitir_dbc
from feria_inversa.procesos.errores import EstadoNoPermite
from feria_inversa.procesos.esquemas import EnmiendaEntrada, ItemEntrada
from feria_inversa.procesos.estados import Estado
from feria_inversa.procesos.grupos import exigir_lotes, lotes_de
from feria_inversa.procesos.items import exigir_lote, exigir_monto, item_de
from feria_inversa.procesos.modelos import Convocatoria, Item
from feria_inversa.procesos.reloj import exigir_en_termino, poner_plazo
from feria_inversa.procesos.retrato import retrato
from feria_inversa.reglas import ModalidadNoCorresponde, PlazoInsuficiente, exigir_plazo
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from nucleo.eventos import publicar
from nucleo.plantillas import filtro_fecha_hora
from nucleo.plazos import correr
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

RECONFIRMAR = "feria.reconfirmar_oferta"
_TEXTOS = ("titulo", "descripcion", "lugar_entrega", "plazo_entrega_dias")


def enmendar(
    sesion: Session,
    actor: Actor,
    convocatoria_id: UUID,
    enmienda: EnmiendaEntrada,
    documento: DocumentoNuevo | None = None,
) -> Convocatoria:
    """Change the text, items, dates or documents of what takes bids. Only what is present changes.

    With other items, or fewer days to deliver, bids are to be made again; otherwise reconfirmed. Raises
    `EstadoNoPermite`, `FaltaMotivo`, `PlazoInsuficiente`, `ModalidadNoCorresponde`, `DatosInvalidos`.
    """
    convocatoria, autorizacion, instante = _abierta(sesion, actor, convocatoria_id)
    motivo = exigir_motivo(enmienda.motivo)
    antes = items_de(sesion, convocatoria_id)
    nuevos = _nuevos(sesion, convocatoria, antes, enmienda.items)
    total = convocatoria.monto_referencial
    if nuevos is not None:
        total = _total(convocatoria, nuevos)
        autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR, total)
    dichos = {campo: valor for campo in _TEXTOS if (valor := getattr(enmienda, campo)) is not None}
    cambios: dict[str, Any] = {c: v for c, v in dichos.items() if v != getattr(convocatoria, c)}
    if enmienda.vence_en not in {None, convocatoria.vence_en}:
        cambios["vence_en"] = enmienda.vence_en
    if not cambios and nuevos is None and documento is None:
        raise DatosInvalidos(_("No cambió nada: escriba lo que se enmienda."))
    exigir_cierre(sesion, convocatoria, instante, cambios.get("vence_en", convocatoria.vence_en))
    por_mas = total - convocatoria.monto_referencial
    if por_mas > bs(0):
        acto = uuid5(convocatoria_id, f"version:{convocatoria.versiones + 1}")
        usar_mandato(sesion, autorizacion, Compromiso.CONVOCATORIA, acto, por_mas)
    cambios["monto_referencial"] = total
    cambios["texto_busqueda"] = texto_de_busqueda(sesion, convocatoria, antes if nuevos is None else nuevos)
    menos_dias = cambios.get("plazo_entrega_dias", convocatoria.plazo_entrega_dias)
    return _version(
        sesion,
        autorizacion,
        convocatoria,
        ENMIENDA,
        motivo,
        instante,
        cambios=cambios,
        viejos=antes,
        items=nuevos,
        documento=documento,
        otro_pedido=nuevos is not None or menos_dias < convocatoria.plazo_entrega_dias,
    )


def ampliar(
    sesion: Session, actor: Actor, convocatoria_id: UUID, vence_en: datetime, motivo: str
) -> Convocatoria:
    """Receive bids for longer. Raises `EstadoNoPermite`, `FaltaMotivo`, `PlazoInsuficiente`."""
    convocatoria, autorizacion, instante = _abierta(sesion, actor, convocatoria_id)
    motivo = exigir_motivo(motivo)
    if vence_en == convocatoria.vence_en:
        detalle = _("Elija un cierre posterior al de ahora.")
        raise PlazoInsuficiente(detalle, campos={"vence_en": detalle})
    exigir_cierre(sesion, convocatoria, instante, vence_en)
    return _version(
        sesion, autorizacion, convocatoria, AMPLIACION, motivo, instante, cambios={"vence_en": vence_en}
    )


def suspender(sesion: Session, actor: Actor, convocatoria_id: UUID, motivo: str) -> Convocatoria:
    """Stop the reception until it is resumed. Raises `EstadoNoPermite`, `FaltaMotivo`."""
    convocatoria, autorizacion, instante = _abierta(sesion, actor, convocatoria_id)
    return _version(
        sesion,
        autorizacion,
        convocatoria,
        SUSPENSION,
        exigir_motivo(motivo),
        instante,
        hacia=Estado.SUSPENDIDO,
    )


def reanudar_recepcion(
    sesion: Session, actor: Actor, convocatoria_id: UUID, vence_en: datetime, motivo: str
) -> Convocatoria:
    """Take bids again, for at least the time that was left. Raises as `ampliar` does."""
    convocatoria, autorizacion = _propia(sesion, actor, convocatoria_id)
    motivo, instante = exigir_motivo(motivo), ahora_bd(sesion)
    if convocatoria.estado != Estado.SUSPENDIDO:
        raise EstadoNoPermite(_("Se reanuda lo que está suspendido."))
    exigir_en_termino(convocatoria, instante)
    suspension = acta_de_clase(sesion, convocatoria_id, SUSPENSION)
    assert suspension is not None
    assert convocatoria.vence_en is not None
    quedaba = convocatoria.vence_en - suspension.hecha_en
    exigir_cierre(sesion, convocatoria, instante, vence_en, quedaba)
    return _version(
        sesion,
        autorizacion,
        convocatoria,
        REANUDACION,
        motivo,
        instante,
        cambios={"vence_en": vence_en},
        hacia=Estado.PUBLICADO,
    )


def cancelar_por_reloj(sesion: Session, convocatoria_id: UUID) -> bool:
    """What was suspended and nobody resumed in its term ends; False when there is nothing to do."""
    convocatoria = bloquear(sesion, convocatoria_id)
    if convocatoria.estado != Estado.SUSPENDIDO:
        return False
    assert convocatoria.sigue_en is not None
    if ahora_bd(sesion) < convocatoria.sigue_en:
        return False
    sistema = Autorizacion.propia(Actor.sistema("plazo para reanudar"))
    cancelar_con(sesion, sistema, convocatoria_id, _("Estaba suspendida y nadie la reanudó en su plazo."))
    return True


def _propia(sesion: Session, actor: Actor, convocatoria_id: UUID) -> tuple[Convocatoria, Autorizacion]:
    convocatoria = bloquear_publica(sesion, convocatoria_id)
    autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR)
    exigir_papel(sesion, actor, convocatoria, CONDUCIR)
    exigir_habilitacion(sesion, convocatoria.unidad_id, Habilitacion.ENTIDAD_CONTRATANTE)
    return convocatoria, autorizacion


def _abierta(
    sesion: Session, actor: Actor, convocatoria_id: UUID
) -> tuple[Convocatoria, Autorizacion, datetime]:
    convocatoria, autorizacion = _propia(sesion, actor, convocatoria_id)
    return convocatoria, autorizacion, exigir_abierta(sesion, convocatoria)


def exigir_abierta(sesion: Session, convocatoria: Convocatoria) -> datetime:
    """Now. Raise `EstadoNoPermite` unless bids are taken."""
    vence_en, instante = convocatoria.vence_en, ahora_bd(sesion)
    if convocatoria.estado != Estado.PUBLICADO or vence_en is None or instante >= vence_en:
        raise EstadoNoPermite(_("Solo cambia lo que recibe ofertas."))
    return instante


def exigir_cierre(
    sesion: Session,
    convocatoria: Convocatoria,
    instante: datetime,
    vence_en: datetime | None,
    al_menos: timedelta = timedelta(0),
) -> None:
    """Raise `PlazoInsuficiente` unless who bid has time to reconfirm, and nobody less than they had."""
    reglas = reglas_de(convocatoria)
    assert reglas is not None
    assert vence_en is not None
    assert convocatoria.vence_en is not None
    assert convocatoria.publicado_en is not None
    lugar = unidad_por_id(sesion, convocatoria.unidad_id).municipio_ine
    exigir_plazo(sesion, reglas, convocatoria.publicado_en, vence_en, lugar)
    minimo = correr(sesion, RECONFIRMAR, instante, [lugar]).vence_en
    assert minimo is not None
    minimo = max(minimo, convocatoria.vence_en, instante + al_menos)
    detalle = ""
    if vence_en < minimo:
        detalle = _("El cierre no puede ser antes del {}: quien ya ofertó tiene que poder reconfirmar.")
        detalle = detalle.format(filtro_fecha_hora(minimo))
    elif vence_en > instante + PLAZO_MAXIMO:
        detalle = _("El cierre puede estar como máximo a {} días.").format(PLAZO_MAXIMO.days)
    if detalle:
        raise PlazoInsuficiente(detalle, campos={"vence_en": detalle})


def _nuevos(
    sesion: Session,
    convocatoria: Convocatoria,
    antes: Sequence[Item],
    dichos: Sequence[ItemEntrada] | None,
) -> list[Item] | None:
    """The rows of the items as they will be, each with the id of its number; None when they do not change.

    Its lots stay: an item goes from one to another, and none is left empty.
    """
    if dichos is None:
        return None
    if len(dichos) < len(antes):
        detalle = _("Los ítems publicados no se quitan: cámbielos o añada otros, o cancele la convocatoria.")
        raise DatosInvalidos(detalle, campos={"items": detalle})
    ids = {item.numero: item.id for item in antes}
    lotes = lotes_de(sesion, convocatoria.id)
    for n, datos in enumerate(dichos):
        exigir_lote(datos, len(lotes), f"items.{n}.")
    nuevos = [item_de(convocatoria.id, n, datos, ids.get(n)) for n, datos in enumerate(dichos, start=1)]
    exigir_lotes(convocatoria, nuevos, lotes)
    return None if [_lo_pedido(i) for i in nuevos] == [_lo_pedido(i) for i in antes] else nuevos


def _lo_pedido(item: Item) -> tuple[Any, ...]:
    return (item.numero, *(getattr(item, campo) for campo in ItemEntrada.model_fields))


def _total(convocatoria: Convocatoria, items: Sequence[Item]) -> Money:
    """What the items add up to, still within the modality that the process was born with."""
    total = sumar(item.total_referencial for item in items)
    exigir_monto(total, "items")
    reglas = reglas_de(convocatoria)
    assert reglas is not None
    if not reglas.admite(total):
        detalle = _("Con esos ítems ya no corresponde la modalidad {}: cancele y publique otra.")
        detalle = detalle.format(reglas.codigo)
        raise ModalidadNoCorresponde(detalle, campos={"items": detalle})
    return total


def _version(
    sesion: Session,
    autorizacion: Autorizacion,
    convocatoria: Convocatoria,
    clase: str,
    motivo: str,
    instante: datetime,
    *,
    cambios: Mapping[str, Any] | None = None,
    viejos: Sequence[Item] | None = None,
    items: Sequence[Item] | None = None,
    documento: DocumentoNuevo | None = None,
    otro_pedido: bool = False,
    hacia: Estado | None = None,
) -> Convocatoria:
    """The next version of a locked process: its row in one change, its items, its act, and everybody told."""
    viejos = items_de(sesion, convocatoria.id) if viejos is None else viejos
    quedan = viejos if items is None else items
    antes = retrato(sesion, convocatoria, viejos)
    for campo, valor in (cambios or {}).items():
        setattr(convocatoria, campo, valor)
    convocatoria.versiones += 1
    if otro_pedido:
        convocatoria.pedido_en = convocatoria.versiones
    if hacia is None:
        convocatoria.version += 1
    else:
        pasar(convocatoria, hacia)
        poner_plazo(sesion, convocatoria, instante)
    sesion.flush()
    if items is not None:
        sesion.execute(delete(Item).where(col(Item.convocatoria_id) == convocatoria.id))
        sesion.add_all(items)
        sesion.flush()
    if documento is not None:
        agregar(sesion, autorizacion, convocatoria.id, convocatoria.versiones, documento)
    if clase != SUSPENSION:
        volver_a_emitir_dbc(sesion, autorizacion, convocatoria, quedan, instante)
    ahora_es = retrato(sesion, convocatoria, quedan, antes if documento is None else None)
    version, quien = convocatoria.versiones, autorizacion.actor.nombre
    dicho = {
        "cuce": convocatoria.cuce,
        "version": version,
        "motivo": motivo,
        "antes": {campo: antes.get(campo) for campo, valor in ahora_es.items() if valor != antes.get(campo)},
        "proceso": ahora_es,
    }
    levantar(sesion, convocatoria.id, clase, dicho, quien, instante, version)
    publicar_acto(sesion, convocatoria.id, ["tenderAmendment"], instante)
    hechos = {"version": version, "clase": clase}
    publicar(sesion, eventos.CONVOCATORIA_MODIFICADA, convocatoria.id, hechos, autorizacion)
    auditar(
        sesion, autorizacion, f"convocatoria.{clase}", OBJETO, convocatoria.id, hechos | {"motivo": motivo}
    )
    sesion.flush()
    return convocatoria
