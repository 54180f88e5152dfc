"""What the end of the year means for what is committed: told before, told when it comes, and shown.

What an entity committed goes on in the ledger, of the certificate that it was committed of: the year's end
frees nothing of what somebody sold. What was received in its year is paid as accrued and unpaid of that year;
what was not, the entity regularises with the budget of the next one. `NORMA_DE_CIERRE` was not read: it
is shown, and blocks nothing.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import notificar_unidad
from feria_inversa.certificaciones.avisos import AVISO_CIERRE
from feria_inversa.certificaciones.bloqueos import bloquear_certificacion
from feria_inversa.certificaciones.estados import EstadoCertificacion
from feria_inversa.certificaciones.modelos import Certificacion
from nucleo.dinero import cero, formato_bs
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from pagos.presupuesto import certificados

NORMA_DE_CIERRE = (
    "Normas Básicas del Sistema de Presupuesto (RS 225558) e instructivo de cierre de cada gestión"
)
CIERRE_CONFIRMADO = False
AVISO = timedelta(days=31)  # all of December


def por_cerrar(vence_en: datetime, ahora: datetime) -> bool:
    """Whether the year of something that ends then is about to end."""
    return vence_en - AVISO <= ahora < vence_en


def avisar_cierre(sesion: Session, certificacion_id: UUID) -> bool:
    """The entity, in December: what it has committed and not, of a year that ends. False when there is
    nothing to tell any more."""
    fila = bloquear_certificacion(sesion, certificacion_id)
    ahora = ahora_bd(sesion)
    avisable = fila.estado == EstadoCertificacion.VIGENTE and por_cerrar(fila.vence_en, ahora)
    if not avisable or fila.cierre_avisado_en is not None:
        return False
    fila.cierre_avisado_en = ahora
    sesion.flush()
    hay = certificados(sesion, [fila.id])[fila.id]
    if hay.comprometido > cero() or hay.disponible > cero():
        texto = _(
            "Termina con la gestión, el 31 de diciembre. Quedan {queda} sin comprometer, que vuelven solos, "
            "y {comprometido} en compras en curso: reciba hasta entonces lo que es de esta gestión."
        ).format(queda=formato_bs(hay.disponible), comprometido=formato_bs(hay.comprometido))
        _avisar(sesion, fila, texto)
    return True


def contar_cierre(sesion: Session, fila: Certificacion) -> None:
    """Its year ended with something committed: its entity is told what that means."""
    hay = certificados(sesion, [fila.id])[fila.id]
    if hay.comprometido > cero():
        texto = _(
            "La gestión {gestion} cerró con {comprometido} en compras en curso: siguen. Lo recibido en ella "
            "se paga como devengado; lo que no, se regulariza con presupuesto de la gestión en curso. "
            "Norma por confirmar: {norma}."
        ).format(gestion=fila.gestion, comprometido=formato_bs(hay.comprometido), norma=NORMA_DE_CIERRE)
        _avisar(sesion, fila, texto)


def _avisar(sesion: Session, fila: Certificacion, texto: str) -> None:
    asunto = _("Certificación {numero} de {gestion}").format(numero=fila.numero, gestion=fila.gestion)
    pagina = f"/certificaciones/{fila.id}"
    notificar_unidad(sesion, fila.unidad_id, asunto, texto, pagina, clase=AVISO_CIERRE)
