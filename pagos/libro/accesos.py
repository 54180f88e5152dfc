"""Whose accounts an actor may see and pay from: the one door of this room's pages and API."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy
from moneyed import Money
from sqlmodel import Session, col

from ciudadania import Riesgo, exigir_sesion_reciente, nombres_de_personas
from empresa_digital.registro import (
    CON_LO_SUYO,
    Facultad,
    Materia,
    Unidad,
    exigir_competencia,
    exigir_facultad,
    nombres_de_unidades,
    unidades_de,
)
from nucleo.actor import Actor, Autorizacion
from nucleo.errores import Prohibido
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from pagos.libro.asuntos import nombre_de_asunto
from pagos.libro.consultas import limite_vigente
from pagos.libro.cuentas import billetera_de, cuentas_de_unidades
from pagos.libro.modelos import Cuenta as Fila
from pagos.libro.tipos import TipoCuenta, TipoTitular
from pagos.libro.valores import Cuenta

NOMBRE_DE_SISTEMA: dict[str, str] = {
    TipoCuenta.PASARELA: _l("Recargas"),
    TipoCuenta.COMISION: _l("Comisiones de Qhatu"),
    TipoCuenta.LIQUIDACION: _l("Retiros a bancos"),
    TipoCuenta.AJUSTE: _l("Ajustes de Qhatu"),
    TipoCuenta.TECHO: _l("Techo presupuestario"),
    TipoCuenta.EJECUTADO: _l("Presupuesto ejecutado"),
}

CLASE_DE_CUENTA: dict[str, str] = {
    TipoCuenta.RECAUDACION: _l("recaudación"),
    TipoCuenta.CUSTODIA: _l("custodia"),
}


@dataclass(frozen=True, slots=True)
class CuentaPropia:
    """An account that the actor may use, and how to name it to them."""

    cuenta: Cuenta
    nombre: str
    unidad_id: UUID | None = None

    @property
    def id(self) -> int:
        return self.cuenta.id


def cuentas_de(sesion: Session, actor: Actor, *, con_otros: bool = True) -> list[CuentaPropia]:
    """The actor's own wallet and the accounts of the units they pay for, alone or not. Only looks.

    `con_otros=False`: only those from which they pay alone, for what nobody else signs.
    """
    propias: list[CuentaPropia] = []
    if actor.persona_id is not None:
        propias.append(CuentaPropia(billetera_de(sesion, actor.persona_id), _("Mi billetera")))
    unidades = {
        u.id: u for u in unidades_de(sesion, actor, Facultad.PAGAR, estados=CON_LO_SUYO, con_otros=con_otros)
    }
    for cuenta in cuentas_de_unidades(sesion, unidades):
        nombre = nombre_para_su_unidad(unidades[cuenta.titular_id], cuenta)
        propias.append(CuentaPropia(cuenta, nombre, cuenta.titular_id))
    return propias


def cuenta_elegida(
    sesion: Session, actor: Actor, cuenta_id: int | None, *, con_otros: bool = True
) -> CuentaPropia:
    """The account asked for among the actor's own; without asking, the first. `con_otros` as in `cuentas_de`.
    Raises `Prohibido`."""
    cuentas = cuentas_de(sesion, actor, con_otros=con_otros)
    if cuenta_id is None and cuentas:
        return cuentas[0]
    for propia in cuentas:
        if propia.id == cuenta_id:
            return propia
    if not con_otros and cuenta_id in {c.id for c in cuentas_de(sesion, actor)}:
        raise Prohibido(_("De esa cuenta usted paga solo con la firma de otros: por planilla o por retiro."))
    raise Prohibido(_("Esa cuenta no es suya ni de una unidad por la que usted pueda pagar."))


def exigir_cuenta(
    sesion: Session, actor: Actor, cuenta: Cuenta, monto: Money | None = None, *, con_otros: bool = False
) -> Autorizacion:
    """The authorisation to see `cuenta`, or to pay `monto` from it; `con_otros`: to prepare what others sign.

    Raises `Prohibido`, or what `exigir_facultad` raises for a unit's account; and `SesionNoReciente` for a
    payment of a unit that is above what the person could send of their own in one go (the dated limits).
    """
    if cuenta.titular_tipo == TipoTitular.UNIDAD:
        autorizacion = exigir_facultad(
            sesion,
            actor,
            cuenta.titular_id,
            Facultad.PAGAR,
            monto,
            estados=CON_LO_SUYO,
            con_otros=con_otros,
        )
        if monto is not None and not con_otros:
            exigir_reciente_si_es_grande(sesion, actor, monto)
        return autorizacion
    if cuenta.titular_tipo == TipoTitular.PERSONA and cuenta.titular_id == actor.persona_id:
        return Autorizacion.propia(actor)
    raise Prohibido(_("Esa cuenta no es suya ni de una unidad por la que usted pueda pagar."))


def exigir_reciente_si_es_grande(sesion: Session, actor: Actor, monto: Money) -> None:
    """For a payment of a unit, here or said to be made elsewhere. Raises `SesionNoReciente`."""
    limite = limite_vigente(sesion, actor.nivel, "salida", ahora_bd(sesion))
    if limite is not None and limite.por_transaccion is not None and monto > limite.por_transaccion:
        exigir_sesion_reciente(actor, Riesgo.DINERO)


def puede_ver(sesion: Session, actor: Actor, cuenta: Cuenta) -> bool:
    """The same question about looking, answered instead of raised."""
    try:
        exigir_cuenta(sesion, actor, cuenta, con_otros=True)
    except Prohibido:
        return False
    return True


def nombres_de_cuentas(sesion: Session, cuentas: Iterable[int]) -> dict[int, str]:
    """How to name each account to the other party of a payment: three queries however many there are."""
    ids = list(set(cuentas))
    if not ids:
        return {}
    columnas = (Fila.id, Fila.titular_tipo, Fila.titular_id, Fila.tipo, Fila.asunto)
    consulta = sqlalchemy.select(*columnas).where(col(Fila.id).in_(ids))  # type: ignore[call-overload]
    filas = sesion.connection().execute(consulta).all()
    de = {t: [titular for _i, de_quien, titular, *_r in filas if de_quien == t] for t in TipoTitular}
    titulares = nombres_de_personas(sesion, de[TipoTitular.PERSONA])
    titulares |= nombres_de_unidades(sesion, de[TipoTitular.UNIDAD])
    nombres: dict[int, str] = {}
    for i, de_quien, titular, tipo, asunto in filas:
        if de_quien == TipoTitular.ASUNTO:
            nombre = nombre_de_asunto(asunto)
        elif de_quien == TipoTitular.SISTEMA:
            nombre = str(NOMBRE_DE_SISTEMA.get(tipo, "Qhatu"))
        else:
            nombre = titulares.get(titular, _("Cuenta sin titular"))
        nombres[int(i or 0)] = nombre
    return nombres


def nombre_para_su_unidad(unidad: Unidad, cuenta: Cuenta) -> str:
    """How to name a unit's account to its own people."""
    clase = CLASE_DE_CUENTA.get(cuenta.tipo)
    return f"{unidad.nombre} · {clase!s}" if clase else unidad.nombre


def exigir_supervisor(sesion: Session, actor: Actor, cuenta: Cuenta | None = None) -> Autorizacion:
    """An official who supervises payments, and has no part in the case: that of the owner of `cuenta`.

    Raises `SinFacultad`, `SinCompetencia`, `CasoPropio`.
    """
    titular = None if cuenta is None else cuenta.titular_id
    es_unidad = cuenta is not None and cuenta.titular_tipo == TipoTitular.UNIDAD
    return exigir_competencia(
        sesion,
        actor,
        Materia.PAGOS,
        unidad_id=titular if es_unidad else None,
        persona_id=None if es_unidad else titular,
    )
