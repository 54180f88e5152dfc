"""The lines of a locked plan: added, changed, taken out."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import Session

from feria_inversa.plan.consultas import lineas_de
from feria_inversa.plan.esquemas import LINEAS_MAXIMAS, Cambio, LineaEntrada
from feria_inversa.plan.estados import EstadoPlan
from feria_inversa.plan.modelos import Linea, Plan
from feria_inversa.reglas import GENERAL, Reglas, elegir_modalidad, vigentes
from nucleo.dinero import bs, formato_bs
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

MONTO_MAXIMO = bs("1000000000000")


class Modalidades:
    """Those in force today, read once for all the lines."""

    def __init__(self, sesion: Session) -> None:
        hoy = fecha_bolivia(ahora_bd(sesion))
        self._todas: Mapping[UUID, Reglas] = vigentes(sesion, hoy)
        self._generales: Mapping[UUID, Reglas] = vigentes(sesion, hoy, GENERAL)

    def de(self, linea: LineaEntrada) -> UUID:
        """The one of a line. Raises `ModalidadNoCorresponde`, `DatosInvalidos`."""
        if not bs(0) < linea.monto <= MONTO_MAXIMO:
            dice = _("El monto es mayor que cero y de a lo más {}.").format(formato_bs(MONTO_MAXIMO))
            raise DatosInvalidos(dice, campos={"monto": dice})
        return elegir_modalidad(self._todas, self._generales, linea.monto, linea.modalidad)[0]


def aplicar(sesion: Session, plan: Plan, cambios: Sequence[Cambio]) -> dict[str, Any]:
    """Make the changes, all or none; the numbers of the lines of each kind. `version` of what changes is the
    plan's. A line that was taken out of a published plan stays, marked.

    Raises `DatosInvalidos`, `ModalidadNoCorresponde`, whose fields say which change.
    """
    modalidades = Modalidades(sesion)
    filas = {linea.numero: linea for linea in lineas_de(sesion, plan.id)}
    hechos: dict[str, list[int]] = {"agregadas": [], "cambiadas": [], "quitadas": []}
    for n, cambio in enumerate(cambios):
        try:
            como, numero = _aplicar(sesion, plan, filas, modalidades, cambio)
        except DatosInvalidos as error:
            campos = {_donde(n, campo): texto for campo, texto in (error.campos or {}).items()}
            raise type(error)(error.detalle, campos=campos) from error
        hechos[como].append(numero)
    if sum(not linea.retirada for linea in filas.values()) > LINEAS_MAXIMAS:
        raise DatosInvalidos(_("Un plan admite hasta {} líneas.").format(LINEAS_MAXIMAS))
    sesion.flush()
    return {como: sorted(numeros) for como, numeros in hechos.items() if numeros}


def _donde(n: int, campo: str) -> str:
    return f"cambios.{n}.numero" if campo == "numero" else f"cambios.{n}.linea.{campo}"


def _aplicar(
    sesion: Session, plan: Plan, filas: dict[int, Linea], modalidades: Modalidades, cambio: Cambio
) -> tuple[str, int]:
    if cambio.numero is None:
        assert cambio.linea is not None
        numero = max(filas, default=0) + 1
        datos = _datos(modalidades, cambio.linea)
        filas[numero] = Linea(
            id=nuevo_id(),
            plan_id=plan.id,
            gestion=plan.gestion,
            numero=numero,
            version=plan.version,
            **datos,
        )
        sesion.add(filas[numero])
        return "agregadas", numero
    fila = filas.get(cambio.numero)
    if fila is None or fila.retirada:
        dice = _("El plan no tiene la línea {}.").format(cambio.numero)
        raise DatosInvalidos(dice, campos={"numero": dice})
    if cambio.linea is not None:
        for campo, valor in _datos(modalidades, cambio.linea).items():
            setattr(fila, campo, valor)
        fila.version = plan.version
        return "cambiadas", fila.numero
    if plan.estado == EstadoPlan.BORRADOR:
        del filas[fila.numero]
        sesion.delete(fila)
        sesion.flush()  # its number may be the next one's
    else:
        fila.retirada, fila.version = True, plan.version
    return "quitadas", fila.numero


def _datos(modalidades: Modalidades, linea: LineaEntrada) -> dict[str, Any]:
    return {"modalidad_id": modalidades.de(linea), "monto": linea.monto} | linea.model_dump(
        exclude={"modalidad", "monto"}
    )
