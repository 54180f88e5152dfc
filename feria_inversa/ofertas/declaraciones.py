"""What who presents a bid, or reconfirms it, declares by doing so. Quotes that an entity writes down declare
nothing.
"""

from uuid import UUID

from sqlmodel import Session, col, select

from feria_inversa.ofertas.errores import VersionCambiada
from feria_inversa.ofertas.modelos import Declaracion, Oferta, OfertaDeclarada
from nucleo.textos import gettext as _


def declaraciones(sesion: Session) -> list[Declaracion]:
    """Every version of the text, the one in force first."""
    return list(sesion.exec(select(Declaracion).order_by(col(Declaracion.version).desc())))


def declaracion_vigente(sesion: Session) -> Declaracion:
    return declaraciones(sesion)[0]


def exigir_leida(sesion: Session, version: int | None) -> int:
    """The version of the text in force. Raises `VersionCambiada` when another one was read."""
    vigente = declaracion_vigente(sesion).version
    if version not in {None, vigente}:
        raise VersionCambiada(_("Cambió lo que se declara al presentarla: léalo y hágalo otra vez."))
    return vigente


def declarar(sesion: Session, oferta: Oferta) -> None:
    """With a bid that has just been presented."""
    sesion.add(OfertaDeclarada(oferta_id=oferta.id, declaracion=declaracion_vigente(sesion).version))
    sesion.flush()


def declaracion_de(sesion: Session, oferta_id: UUID) -> Declaracion | None:
    """What was declared with a bid; None of one that was presented before there was a declaration."""
    consulta = (
        select(Declaracion)
        .join(OfertaDeclarada, col(OfertaDeclarada.declaracion) == Declaracion.version)
        .where(OfertaDeclarada.oferta_id == oferta_id)
    )
    return sesion.exec(consulta).one_or_none()
