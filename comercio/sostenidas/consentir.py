"""The consent that a seller gives beforehand."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from comercio.sostenidas.bloqueos import bloquear_consentimiento
from comercio.sostenidas.esquemas import ConsentimientoDeOfertas
from comercio.sostenidas.modelos import CENTAVOS_MAXIMOS, Consentimiento
from empresa_digital.registro import Facultad, exigir_facultad
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos
from nucleo.errores import DatosInvalidos
from nucleo.textos import gettext as _


def consentir(sesion: Session, actor: Actor, unidad_id: UUID, datos: ConsentimientoDeOfertas) -> None:
    """Hold without being asked, up to so many days and so much money; without both, each is asked.

    Raises `SinFacultad`, `DatosInvalidos`.
    """
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER)
    dias, monto = datos.dias, datos.importe_maximo
    if (dias is None) != (monto is None):
        falta = "dias" if dias is None else "importe_maximo"
        dice = _("Diga los días y el monto, o deje los dos vacíos.")
        raise DatosInvalidos(dice, campos={falta: dice})
    if monto is not None and not 1 <= a_centavos(monto) <= CENTAVOS_MAXIMOS:
        dice = _("Escriba un monto mayor que cero.")
        raise DatosInvalidos(dice, campos={"importe_maximo": dice})
    ya = bloquear_consentimiento(sesion, unidad_id)
    if dias is None:
        if ya is not None:
            sesion.delete(ya)
    else:
        puesto = {"dias": dias, "importe_maximo": monto, "otorgo": actor.nombre[:200]}
        nuevo = insert(Consentimiento).values(vendedor_id=unidad_id, **puesto)
        sesion.exec(nuevo.on_conflict_do_update(index_elements=["vendedor_id"], set_=puesto))
    sesion.flush()
    hechos = {"dias": str(dias or ""), "importe_maximo": str(monto.amount if monto else "")}
    auditar(sesion, autorizacion, "oferta.consentir", "registro_unidad", unidad_id, hechos)
