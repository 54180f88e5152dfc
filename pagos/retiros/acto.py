"""The withdrawal as a joint act: what its representatives sign when none of them may alone."""

from collections.abc import Sequence
from uuid import UUID

from moneyed import Money
from pydantic import BaseModel, ConfigDict
from sqlmodel import Session

from empresa_digital.registro import Facultad
from nucleo.actor import Actor
from nucleo.actos import ActoConjunto, Propuesto, acto_conjunto
from nucleo.dinero import Dinero, formato_bs
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from pagos.libro import nombres_de_cuentas
from pagos.retiros.modelos import Retiro
from pagos.retiros.retiros import DatosDeRetiro, bancos, pedir, revisar


class CuerpoDeRetiro(BaseModel):
    """What is asked of the bank, and the commission that was seen: if it changes, it is proposed again."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    cuenta: int
    monto: Dinero
    comision: Dinero
    banco: str
    numero_cuenta: str
    titular: str


def _pedir(sesion: Session, actor: Actor, c: CuerpoDeRetiro) -> Retiro:
    datos = DatosDeRetiro(c.cuenta, c.monto, c.banco, c.numero_cuenta, c.titular)
    return pedir(sesion, actor, c.id, datos, comision_vista=c.comision)


def _en_palabras(sesion: Session, c: CuerpoDeRetiro) -> Sequence[tuple[str, str]]:
    return [
        (_("Desde la cuenta"), nombres_de_cuentas(sesion, [c.cuenta])[c.cuenta]),
        (_("Llega al banco"), formato_bs(c.monto)),
        (_("Comisión"), formato_bs(c.comision)),
        (_("Banco"), bancos(sesion).get(c.banco, c.banco)),
        (_("Número de cuenta"), c.numero_cuenta),
        (_("Titular de la cuenta"), c.titular),
    ]


RETIRO: ActoConjunto[CuerpoDeRetiro, Retiro] = acto_conjunto(
    ActoConjunto(
        codigo="retiro",
        nombre=_l("Retiro a un banco"),
        facultad=Facultad.PAGAR.value,
        cuerpo=CuerpoDeRetiro,
        ejecutar=_pedir,
        en_palabras=_en_palabras,
    )
)


def pedir_o_proponer(
    sesion: Session, actor: Actor, id: UUID, datos: DatosDeRetiro, *, comision_vista: Money | None = None
) -> Retiro | Propuesto:
    """`pedir` for whoever may alone; for who only may with others, the withdrawal waits for their signatures.

    Raises what `pedir` raises.
    """
    if comision_vista is None:
        comision_vista = revisar(sesion, actor, datos).comision.monto
    limpios = datos.limpios()
    cuerpo = CuerpoDeRetiro(
        id=id,
        cuenta=limpios.cuenta_id,
        monto=limpios.monto,
        comision=comision_vista,
        banco=limpios.banco,
        numero_cuenta=limpios.numero_cuenta,
        titular=limpios.titular,
    )
    return RETIRO.hacer(sesion, actor, cuerpo)
