"""The budget certificate that covers a process: named when it is begun or later, until it is decided."""

from uuid import UUID

from sqlmodel import Session, col, delete

from empresa_digital.registro import Facultad, exigir_facultad
from feria_inversa.certificaciones import CertificacionNoPermite, EstadoCertificacion, bloquear_certificacion
from feria_inversa.certificaciones.modelos import Certificacion
from feria_inversa.procesos.bloqueos import bloquear
from feria_inversa.procesos.consultas import convocatoria_visible
from feria_inversa.procesos.errores import EstadoNoPermite
from feria_inversa.procesos.estados import Estado
from feria_inversa.procesos.modelos import CertificadoDeProceso
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

DECIDIDOS = frozenset({Estado.RESUELTO, Estado.IMPUGNADO, Estado.CANCELADO})


def certificado_de(sesion: Session, convocatoria_id: UUID) -> UUID | None:
    """The certificate that covers a process, if it named one."""
    fila = sesion.get(CertificadoDeProceso, convocatoria_id, populate_existing=True)
    return fila.certificacion_id if fila else None


def nombrar_certificado(
    sesion: Session, actor: Actor, convocatoria_id: UUID, certificacion_id: UUID | None
) -> None:
    """Whoever buys for the entity says which of its certificates covers a process, another, or none.

    Raises `ConvocatoriaNoEncontrada`, `SinFacultad`, `EstadoNoPermite`, `DatosInvalidos`,
    `CertificacionNoPermite`.
    """
    convocatoria_visible(sesion, actor, convocatoria_id)
    convocatoria = bloquear(sesion, convocatoria_id)
    autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR)
    if convocatoria.estado in DECIDIDOS:
        raise EstadoNoPermite(_("El proceso ya se decidió: su certificación no cambia."))
    previa = certificado_de(sesion, convocatoria_id)
    if previa == certificacion_id:
        return
    soltar_certificado(sesion, convocatoria_id)
    if certificacion_id is not None:
        _exigir_vigente(sesion, certificacion_id, convocatoria.unidad_id)
        sesion.add(
            CertificadoDeProceso(
                convocatoria_id=convocatoria_id,
                unidad_id=convocatoria.unidad_id,
                certificacion_id=certificacion_id,
                dicha_en=ahora_bd(sesion),
                dicha_por=actor.nombre,
            )
        )
    datos = {"certificacion_id": str(certificacion_id) if certificacion_id else None}
    auditar(sesion, autorizacion, "convocatoria.certificar", "feria_convocatoria", convocatoria_id, datos)
    sesion.flush()


def soltar_certificado(sesion: Session, convocatoria_id: UUID) -> None:
    """A process that is covered by another, or thrown away as a draft, leaves the one that it had."""
    sesion.execute(
        delete(CertificadoDeProceso).where(col(CertificadoDeProceso.convocatoria_id) == convocatoria_id)
    )


def _exigir_vigente(sesion: Session, certificacion_id: UUID, unidad_id: UUID) -> None:
    hallada = sesion.get(Certificacion, certificacion_id)
    if hallada is None or hallada.unidad_id != unidad_id:
        dice = _("Elija una certificación de la entidad.")
        raise DatosInvalidos(dice, campos={"certificacion_id": dice})
    fila = bloquear_certificacion(sesion, certificacion_id)
    if fila.estado != EstadoCertificacion.VIGENTE or fila.vence_en <= ahora_bd(sesion):
        dice = _("La certificación {} ya no está vigente: elija otra.").format(fila.numero)
        raise CertificacionNoPermite(dice, campos={"certificacion_id": dice})
