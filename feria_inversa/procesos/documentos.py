"""The documents of a call: put in and taken out while it is a draft, afterwards brought by an amendment."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, exigir_facultad
from feria_inversa.documentos import Clase, agregar, leer_documento, poner_pedidos, quitar
from feria_inversa.procesos.consultas import convocatoria_visible, puede_gestionar
from feria_inversa.procesos.convocatorias import OBJETO, exigir_borrador, exigir_motivo, propia
from feria_inversa.procesos.errores import ConvocatoriaNoEncontrada
from feria_inversa.procesos.esquemas import EnmiendaEntrada, PedidoEntrada
from feria_inversa.procesos.estados import Estado
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.procesos.versiones import enmendar, exigir_abierta, exigir_cierre
from nucleo.actor import Actor
from nucleo.archivos import Recibido
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


def subir_documento(
    sesion: Session,
    actor: Actor,
    convocatoria_id: UUID,
    clase: Clase,
    titulo: str,
    recibido: Recibido,
    *,
    numero: int | None = None,
    motivo: str = "",
    vence_en: datetime | None = None,
) -> Convocatoria:
    """One more document of a call, or with `numero` another version of that one. What is published already
    is amended by it, and says why; with `vence_en` bids are taken until then, too.

    Raises `DocumentoInvalido`, `DocumentoNoEncontrado`, `DatosInvalidos`, `EstadoNoPermite`, `FaltaMotivo`,
    `PlazoInsuficiente`.
    """
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    if not puede_gestionar(sesion, actor, convocatoria.unidad_id):
        raise ConvocatoriaNoEncontrada
    exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR)
    publicada = convocatoria.estado != Estado.BORRADOR
    if publicada:
        exigir_motivo(motivo)
        exigir_abierta(sesion, convocatoria)
        exigir_cierre(sesion, convocatoria, ahora_bd(sesion), vence_en or convocatoria.vence_en)
    nuevo = leer_documento(clase, titulo, recibido, numero)
    if publicada:
        enmienda = EnmiendaEntrada.model_construct(motivo=motivo, vence_en=vence_en)
        return enmendar(sesion, actor, convocatoria_id, enmienda, nuevo)
    convocatoria = propia(sesion, actor, convocatoria_id)
    autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR)
    exigir_borrador(convocatoria)
    fila = agregar(sesion, autorizacion, convocatoria_id, convocatoria.versiones, nuevo)
    convocatoria.version += 1
    hechos = {"numero": fila.numero, "version": fila.version, "clase": fila.clase}
    auditar(sesion, autorizacion, "convocatoria.subir_documento", OBJETO, convocatoria_id, hechos)
    sesion.flush()
    return convocatoria


def quitar_documento(sesion: Session, actor: Actor, convocatoria_id: UUID, numero: int) -> None:
    """Take a document out of a draft. Raises `DocumentoNoEncontrado`, `EstadoNoPermite`."""
    convocatoria = propia(sesion, actor, convocatoria_id)
    autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR)
    exigir_borrador(convocatoria)
    quitar(sesion, convocatoria_id, numero)
    convocatoria.version += 1
    auditar(
        sesion, autorizacion, "convocatoria.quitar_documento", OBJETO, convocatoria_id, {"numero": numero}
    )
    sesion.flush()


def pedir_documentos(
    sesion: Session, actor: Actor, convocatoria_id: UUID, pedidos: Sequence[PedidoEntrada]
) -> None:
    """What a draft asks to present besides the bid, in the place of what it asked before."""
    convocatoria = propia(sesion, actor, convocatoria_id)
    autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR)
    exigir_borrador(convocatoria)
    nombres = [pedido.nombre.casefold() for pedido in pedidos]
    if len(set(nombres)) != len(nombres):
        detalle = _("Pida cada documento una sola vez.")
        raise DatosInvalidos(detalle, campos={"pedidos": detalle})
    poner_pedidos(sesion, convocatoria_id, [(pedido.nombre, pedido.subsanable) for pedido in pedidos])
    convocatoria.version += 1
    hechos = {"cuantos": len(pedidos)}
    auditar(sesion, autorizacion, "convocatoria.pedir_documentos", OBJETO, convocatoria_id, hechos)
    sesion.flush()
