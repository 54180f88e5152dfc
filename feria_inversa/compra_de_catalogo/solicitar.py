"""Somebody of a public entity asks to buy what is held for it, with its search and its certificate."""

from uuid import UUID

from moneyed import Money
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

import comercio
from empresa_digital.registro import (
    Facultad,
    Habilitacion,
    exigir_facultad,
    exigir_habilitacion,
    sostener_activas,
    unidad_por_id,
)
from feria_inversa.certificaciones import certificacion_visible
from feria_inversa.certificaciones.modelos import Certificacion
from feria_inversa.compra_de_catalogo import eventos
from feria_inversa.compra_de_catalogo.bloqueos import bloquear_lo_mismo
from feria_inversa.compra_de_catalogo.consultas import oferta_de
from feria_inversa.compra_de_catalogo.errores import OfertaYaPedida
from feria_inversa.compra_de_catalogo.esquemas import CompraPedida
from feria_inversa.compra_de_catalogo.evidencia import exigir_evidencia
from feria_inversa.compra_de_catalogo.exigir import exigir_certificacion, exigir_proveedor
from feria_inversa.compra_de_catalogo.modelos import CompraDeCatalogo
from feria_inversa.compra_de_catalogo.seguir import OBJETO
from feria_inversa.entidades import (
    exigir_municipio,
    exigir_sin_conflicto_al_comprar,
    nuevo_numero_de_compra,
)
from feria_inversa.reglas import modalidad_para
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos
from nucleo.errores import DatosInvalidos
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

MODALIDAD = "CM"


def solicitar(
    sesion: Session, actor: Actor, unidad_id: UUID, datos: CompraPedida, id: UUID | None = None
) -> CompraDeCatalogo:
    """Ask for it; another person of the entity approves it while the offer is held. The same `id` again is
    the same purchase.

    Raises `SinFacultad`, `SinHabilitacion`, `OfertaNoEncontrada`, `ConflictoDeInteres`, `SinEvidencia`,
    `ProveedorNoHabilitado`, `CertificacionNoEncontrada`, `CertificacionNoPermite`,
    `CertificacionInsuficiente`, `DatosInvalidos`, `ModalidadNoCorresponde`, `OfertaYaPedida`.
    """
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.COMPRAR)
    exigir_habilitacion(sesion, unidad_id, Habilitacion.ENTIDAD_CONTRATANTE)
    assert actor.persona_id is not None
    assert autorizacion.mandato_id is not None
    if id is not None:
        bloquear_lo_mismo(sesion, id)
        if (ya := sesion.get(CompraDeCatalogo, id)) is not None:
            return _la_misma(ya, unidad_id, datos)
    comercio.no_soltar_oferta(sesion, datos.oferta_id)
    oferta = oferta_de(sesion, unidad_id, datos.oferta_id)
    exigir_sin_conflicto_al_comprar(sesion, actor, oferta.vendedor_id)
    busqueda_id = exigir_evidencia(sesion, oferta)
    sostener_activas(sesion, [unidad_id, oferta.vendedor_id])
    exigir_proveedor(sesion, oferta.vendedor_id)
    exigir_municipio(sesion, datos.municipio_ine)
    porte = comercio.porte_de_oferta(sesion, oferta, datos.forma, datos.municipio_ine)
    total = oferta.importe + porte
    certificacion = _certificacion(sesion, actor, unidad_id, datos.certificacion_id, total)
    ahora = ahora_bd(sesion)
    modalidad_id, reglas = modalidad_para(sesion, total, fecha_bolivia(ahora), MODALIDAD)
    assert oferta.vence_en is not None
    compra = CompraDeCatalogo(
        id=id or nuevo_id(),
        numero=nuevo_numero_de_compra(sesion, unidad_id, certificacion.ejecutora),
        unidad_id=unidad_id,
        vendedor_id=oferta.vendedor_id,
        vendedor=unidad_por_id(sesion, oferta.vendedor_id).nombre[:200],
        busqueda_id=busqueda_id,
        precio=oferta.precio,
        importe=oferta.importe,
        porte=porte,
        total=total,
        modalidad_id=modalidad_id,
        reglas=reglas.foto(),
        solicitada_en=ahora,
        solicito=actor.nombre,
        solicito_id=actor.persona_id,
        solicito_mandato_id=autorizacion.mandato_id,
        vence_en=min(oferta.vence_en, certificacion.vence_en),
        **{n: getattr(oferta, n) for n in ("producto_id", "titulo", "cantidad", "unidad_medida")},
        **datos.model_dump(exclude={"id"}),
    )
    try:
        with sesion.begin_nested():
            sesion.add(compra)
    except IntegrityError as error:
        if "feria_compra_de_su_id" in str(error.orig):
            raise _en_uso() from error
        if "uq_feria_compra_de_catalogo_oferta" not in str(error.orig):
            raise
        raise OfertaYaPedida(_("Decida la que hay, o anúlela, antes de pedir otra.")) from error
    publicar(sesion, eventos.COMPRA_DE_CATALOGO_PEDIDA, compra.id, {}, autorizacion)
    hechos = {"numero": compra.numero, "total_centavos": a_centavos(total)}
    auditar(sesion, autorizacion, "compra_de_catalogo.solicitar", OBJETO, compra.id, hechos)
    return compra


def _la_misma(ya: CompraDeCatalogo, unidad_id: UUID, datos: CompraPedida) -> CompraDeCatalogo:
    """The same id is the same purchase only with all that was asked the same."""
    pedido = datos.model_dump(exclude={"id"})
    if ya.unidad_id != unidad_id or {n: getattr(ya, n) for n in pedido} != pedido:
        raise _en_uso()
    return ya


def _en_uso() -> DatosInvalidos:
    return DatosInvalidos(_("Ese identificador ya está en uso."), campos={"id": _("Use otro.")})


def _certificacion(
    sesion: Session, actor: Actor, unidad_id: UUID, certificacion_id: UUID, total: Money
) -> Certificacion:
    fila = certificacion_visible(sesion, actor, certificacion_id)
    exigir_certificacion(sesion, fila, unidad_id, total)
    return fila
