"""What other rooms ask of the fair: its use cases on an authorisation already judged, and frozen values."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from feria_inversa import (
    apertura,
    certificaciones,
    compra_de_catalogo,
    contratos,
    designaciones,
    evaluacion,
    impugnacion,
    llaves,
    ofertas,
    plan,
    preguntas,
    procesos,
    subasta,
)
from feria_inversa.actos.modelos import Acta
from feria_inversa.contratos.modelos import OrdenDeCompra
from feria_inversa.impugnacion.modelos import Impugnacion
from feria_inversa.preguntas.modelos import Pregunta
from feria_inversa.procesos.modelos import Convocatoria, Item
from nucleo.actos import Propuesto
from nucleo.fachada import con_valor, sin_fila


@dataclass(frozen=True, slots=True)
class ItemPedido:
    id: UUID
    numero: int
    precio_referencial: Money


@dataclass(frozen=True, slots=True)
class Comparado:
    """An item with who bid for it and with which bid, cheapest first."""

    item_id: UUID
    numero: int
    ofertas: Sequence[tuple[UUID, UUID]]  # supplier, bid


crear_con = sin_fila(procesos.crear_con)
publicar_con = sin_fila(procesos.publicar_con)
cancelar_con = sin_fila(procesos.cancelar_con)
llamar_otra_vez_con = sin_fila(procesos.llamar_otra_vez_con)
nombrar_depositarios = sin_fila(llaves.nombrar)
traer_clave = sin_fila(llaves.inscribir)
ensayar_clave = sin_fila(llaves.ensayar)
entregar_parte = sin_fila(apertura.entregar_parte)
designar_en_entidad = sin_fila(designaciones.designar_en_entidad)
designar_en_proceso = sin_fila(designaciones.designar_en_proceso)
presentar_con = sin_fila(ofertas.presentar_con)
abrir_con = sin_fila(apertura.abrir_con)
adjudicar_con = sin_fila(evaluacion.adjudicar_con)
pujar_con = sin_fila(subasta.pujar_con)
terminar_subasta = subasta.terminar_por_reloj
emitir_con = sin_fila(contratos.emitir_con)
aceptar_con = sin_fila(contratos.aceptar_con)
proponer_modificacion = sin_fila(contratos.proponer_modificacion)
firmar_modificacion = sin_fila(contratos.firmar_modificacion)
registrar_garantia = sin_fila(contratos.registrar_garantia)
entregar_de_orden = sin_fila(contratos.entregar)
recibir_de_orden = sin_fila(contratos.recibir)
pagar_orden = sin_fila(contratos.pagar)
impugnar = sin_fila(impugnacion.impugnar)
resolver_impugnacion = sin_fila(impugnacion.resolver_impugnacion)
registrar_certificacion = sin_fila(certificaciones.registrar)
pedir_del_catalogo = sin_fila(compra_de_catalogo.solicitar)
aprobar_del_catalogo = sin_fila(compra_de_catalogo.aprobar)
conformar_del_catalogo = sin_fila(compra_de_catalogo.conformar)
pagar_del_catalogo = sin_fila(compra_de_catalogo.pagar)
crear_plan = sin_fila(plan.crear)
cambiar_plan = sin_fila(plan.cambiar)
publicar_plan = sin_fila(plan.publicar_plan)
pedir_documentos = procesos.pedir_documentos
subir_documento = sin_fila(procesos.subir_documento)
linea_de_plan = plan.linea_por_numero


def _pregunta(fila: Pregunta) -> UUID:
    return fila.id


preguntar = con_valor(preguntas.preguntar, _pregunta)
responder_pregunta = con_valor(preguntas.responder, _pregunta)


def _por_firmar(hecho: Acta | Propuesto) -> Propuesto | None:
    """What waits for the signatures of others, if it does."""
    return hecho if isinstance(hecho, Propuesto) else None


informar = con_valor(evaluacion.informar, _por_firmar)


def _impugnaciones(filas: Sequence[Impugnacion]) -> Sequence[UUID]:
    return [i.id for i in filas]


impugnaciones_de = con_valor(impugnacion.impugnaciones_de, _impugnaciones)


def _items(filas: Sequence[Item]) -> Sequence[ItemPedido]:
    return [ItemPedido(i.id, i.numero, i.precio_referencial) for i in filas]


items_de = con_valor(procesos.items_de, _items)


@dataclass(frozen=True, slots=True)
class OrdenDada:
    id: UUID
    proveedor_id: UUID
    por_pagar: Money


def _ordenes(filas: Sequence[OrdenDeCompra]) -> Sequence[OrdenDada]:
    return [OrdenDada(o.id, o.proveedor_id, contratos.por_pagar(o)) for o in filas]


ordenes_de = con_valor(contratos.ordenes_de, _ordenes)


def comparar(sesion: Session, convocatoria_id: UUID) -> Sequence[Comparado]:
    """Item by item. Raises `SobresCerrados` before the opening."""
    comparados = evaluacion.comparar(sesion, sesion.get_one(Convocatoria, convocatoria_id))
    return [
        Comparado(c.item.id, c.item.numero, [(p.proveedor.id, p.oferta.id) for p in c.propuestas])
        for c in comparados
    ]
