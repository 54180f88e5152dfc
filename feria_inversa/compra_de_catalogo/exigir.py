"""What is judged when a purchase is asked for, and again when it binds."""

from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from feria_inversa.certificaciones import CertificacionNoPermite, EstadoCertificacion
from feria_inversa.certificaciones.modelos import Certificacion
from feria_inversa.compra_de_catalogo.errores import CertificacionInsuficiente
from feria_inversa.entidades import ProveedorNoHabilitado, habilitados
from feria_inversa.evaluacion import quedan
from nucleo.dinero import formato_bs
from nucleo.errores import DatosInvalidos
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


def exigir_certificacion(sesion: Session, fila: Certificacion, unidad_id: UUID, total: Money) -> None:
    """It is of that entity, in force, and has as much left, less what processes awarded with it; the ledger
    says so again when it is committed.

    Raises `DatosInvalidos`, `CertificacionNoPermite`, `CertificacionInsuficiente`.
    """
    if fila.unidad_id != unidad_id:
        dice = _("Elija una certificación de la entidad que compra.")
        raise DatosInvalidos(dice, campos={"certificacion_id": dice})
    if fila.estado != EstadoCertificacion.VIGENTE or fila.vence_en <= ahora_bd(sesion):
        dice = _("La certificación {} ya no está vigente: elija otra.").format(fila.numero)
        raise CertificacionNoPermite(dice, campos={"certificacion_id": dice})
    queda = quedan(sesion, [fila])[fila.id]
    if queda < total:
        dice = _("De la certificación {numero} quedan {queda}, y la compra es de {total}.").format(
            numero=fila.numero, queda=formato_bs(queda), total=formato_bs(total)
        )
        raise CertificacionInsuficiente(dice, campos={"certificacion_id": dice})


def exigir_proveedor(sesion: Session, vendedor_id: UUID) -> None:
    """Raise `ProveedorNoHabilitado` unless who sells may contract with the State today."""
    if not habilitados(sesion, [vendedor_id]):
        raise ProveedorNoHabilitado(_("Quien vende hoy no está habilitado para contratar con el Estado."))
