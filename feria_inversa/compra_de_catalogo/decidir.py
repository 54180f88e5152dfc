"""Another person of the entity approves a purchase, which orders it, or does not; who asked may leave it."""

from uuid import UUID

from sqlmodel import Session

import comercio
from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad
from feria_inversa.certificaciones import bloquear_certificacion, quienes
from feria_inversa.compra_de_catalogo.bloqueos import bloquear_compra
from feria_inversa.compra_de_catalogo.consultas import cuanto_cuesta, exigir_de_su_gente
from feria_inversa.compra_de_catalogo.errores import CompraNoPermite, MismaPersona
from feria_inversa.compra_de_catalogo.estados import VIDA_COMPRA, EstadoCompra
from feria_inversa.compra_de_catalogo.exigir import exigir_certificacion, exigir_proveedor
from feria_inversa.compra_de_catalogo.modelos import CompraDeCatalogo
from feria_inversa.compra_de_catalogo.seguir import contar_cambio
from feria_inversa.entidades import exigir_sin_conflicto_al_comprar
from feria_inversa.papeles import DECIDIR, exigir_papel
from nucleo.actor import Actor, Autorizacion
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from pagos import cuenta_de_unidad

_E = EstadoCompra


def aprobar(
    sesion: Session,
    actor: Actor,
    compra_id: UUID,
    se_paga_con: comercio.SePagaCon = comercio.SePagaCon.CUENTA,
    decide: Actor | None = None,
) -> CompraDeCatalogo:
    """Approve it: its order is given, and so much of its certificate committed, in the same transaction; and
    say with what it will be paid.

    Raises `CompraNoEncontrada`, `SinFacultad`, `MontoExcedido`, `MismaPersona`, `ConflictoDeInteres`,
    `SinPapel`, `CompraNoPermite`, `ProveedorNoHabilitado`, `CertificacionNoPermite`,
    `CertificacionInsuficiente`, and what `comercio.ordenar_para_entidad` does. `decide`: whose role it is,
    when others sign too. `FaltanFirmas` comes last, of what could be approved.
    """
    exigir_de_su_gente(sesion, actor, compra_id)
    compra = bloquear_compra(sesion, compra_id)
    certificacion = bloquear_certificacion(sesion, compra.certificacion_id)
    exigir_facultad(sesion, actor, compra.unidad_id, Facultad.COMPRAR, con_otros=True)
    exigir_que_pueda_decidir(sesion, actor, compra)
    exigir_papel(sesion, decide or actor, compra, DECIDIR)
    VIDA_COMPRA.exigir_paso(compra, _E.ORDENADA)
    if compra.vence_en is None or compra.vence_en <= ahora_bd(sesion):
        raise CompraNoPermite(_("Terminó el plazo en que se sostenía la oferta: pídala otra vez."))
    exigir_proveedor(sesion, compra.vendedor_id)
    orden = _orden(sesion, compra, certificacion.numero, se_paga_con)
    exigir_certificacion(sesion, certificacion, compra.unidad_id, orden.total)
    autorizacion = exigir_facultad(sesion, actor, compra.unidad_id, Facultad.COMPRAR, orden.total)
    comercio.ordenar_para_entidad(sesion, actor, orden)
    (compromiso,) = comercio.compromisos_de_compra(sesion, compra.id)
    _decidir(sesion, compra, _E.ORDENADA, autorizacion)
    compra.vence_en, compra.pedido_id, compra.ordenado = None, compromiso.pedido_id, compromiso.monto
    contar_cambio(sesion, compra, autorizacion, "compra_de_catalogo.aprobar")
    return compra


def rechazar(sesion: Session, actor: Actor, compra_id: UUID, motivo: str) -> CompraDeCatalogo:
    """Do not approve it, and say why.

    Raises `CompraNoEncontrada`, `SinFacultad`, `MismaPersona`, `ConflictoDeInteres`, `SinPapel`,
    `CompraNoPermite`.
    """
    exigir_de_su_gente(sesion, actor, compra_id)
    compra = bloquear_compra(sesion, compra_id)
    autorizacion = exigir_facultad(sesion, actor, compra.unidad_id, Facultad.COMPRAR, estados=CON_LO_SUYO)
    exigir_que_pueda_decidir(sesion, actor, compra)
    exigir_papel(sesion, actor, compra, DECIDIR)
    _decidir(sesion, compra, _E.RECHAZADA, autorizacion)
    _terminar(sesion, compra, motivo)
    contar_cambio(sesion, compra, autorizacion, "compra_de_catalogo.rechazar")
    return compra


def anular(sesion: Session, actor: Actor, compra_id: UUID, motivo: str) -> CompraDeCatalogo:
    """Who asked for it leaves what nobody decided yet; of anybody else it is a decision. What is ordered is
    cancelled as any order.

    Raises `CompraNoEncontrada`, `SinFacultad`, `ConflictoDeInteres`, `SinPapel`, `CompraNoPermite`.
    """
    exigir_de_su_gente(sesion, actor, compra_id)
    compra = bloquear_compra(sesion, compra_id)
    autorizacion = exigir_facultad(sesion, actor, compra.unidad_id, Facultad.COMPRAR, estados=CON_LO_SUYO)
    exigir_sin_conflicto_al_comprar(sesion, actor, compra.vendedor_id)
    if actor.persona_id != compra.solicito_id:
        exigir_papel(sesion, actor, compra, DECIDIR)
    if compra.estado != _E.SOLICITADA:
        raise CompraNoPermite(_("Ya se decidió: cancele su pedido, si todavía no salió."))
    VIDA_COMPRA.pasar(compra, _E.ANULADA)
    _terminar(sesion, compra, motivo)
    contar_cambio(sesion, compra, autorizacion, "compra_de_catalogo.anular")
    return compra


def vencer(sesion: Session, compra_id: UUID) -> bool:
    """Nobody decided it while the offer was held. False when somebody did meanwhile."""
    compra = bloquear_compra(sesion, compra_id)
    if compra.vence_en is None or compra.vence_en > ahora_bd(sesion):
        return False
    VIDA_COMPRA.pasar(compra, _E.VENCIDA)
    _terminar(sesion, compra, None)
    sistema = Autorizacion(Actor.sistema("plazo de compras del catálogo"), unidad_id=compra.unidad_id)
    contar_cambio(sesion, compra, sistema, "compra_de_catalogo.vencer")
    return True


def _orden(
    sesion: Session, compra: CompraDeCatalogo, certificacion: str, se_paga_con: comercio.SePagaCon
) -> comercio.OrdenDeEntidad:
    """At what it comes to today, never more than what who asked saw."""
    forma = None if compra.forma is None else comercio.FormaDeEntrega(compra.forma)
    importe, porte = cuanto_cuesta(sesion, compra)
    total = importe + porte
    if total > compra.total:
        raise CompraNoPermite(_("El envío ahora cuesta más: anúlela y pídala otra vez."))
    return comercio.OrdenDeEntidad(
        id=compra.id,
        entidad_id=compra.unidad_id,
        certificacion_id=compra.certificacion_id,
        certificacion=certificacion,
        cuenta_id=cuenta_de_unidad(sesion, compra.unidad_id),
        entrega=comercio.EntregaPedida(
            destinatario=compra.destinatario,
            telefono=compra.telefono,
            municipio_ine=compra.municipio_ine,
            referencia=compra.referencia,
        ),
        total=total,
        porte=porte,
        oferta_id=compra.oferta_id,
        se_paga_con=se_paga_con,
        formas={} if forma is None else {compra.vendedor_id: forma},
    )


def exigir_que_pueda_decidir(sesion: Session, actor: Actor, compra: CompraDeCatalogo) -> None:
    """Neither who asked for it nor who sells it. Raises `MismaPersona`, `ConflictoDeInteres`."""
    if actor.persona_id == compra.solicito_id:
        raise MismaPersona(_("Usted la pidió: que la decida otra persona de la entidad."))
    exigir_sin_conflicto_al_comprar(sesion, actor, compra.vendedor_id)


def _decidir(
    sesion: Session, compra: CompraDeCatalogo, estado: EstadoCompra, autorizacion: Autorizacion
) -> None:
    assert autorizacion.actor.persona_id is not None
    assert autorizacion.mandato_id is not None
    firman = quienes(sesion, autorizacion.actor)
    VIDA_COMPRA.pasar(compra, estado)
    compra.decidida_en, compra.decidio = ahora_bd(sesion), firman
    compra.decidio_id, compra.decidio_mandato_id = autorizacion.actor.persona_id, autorizacion.mandato_id


def _terminar(sesion: Session, compra: CompraDeCatalogo, motivo: str | None) -> None:
    compra.vence_en, compra.terminada_en, compra.motivo = None, ahora_bd(sesion), motivo
