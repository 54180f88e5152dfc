"""The lines of a locked plan: added, changed, taken out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import Session

from feria_inversa.entidades import exigir_municipio
from feria_inversa.plan.consultas import lineas_de
from feria_inversa.plan.esquemas import LINEAS_MAXIMAS, NUMERO_MAXIMO, Cambio, LineaEntrada
from feria_inversa.plan.estados import EstadoPlan
from feria_inversa.plan.modelos import Linea, Plan
from feria_inversa.precios import exacto, exigir_medida
from feria_inversa.reglas import GENERAL, Reglas, elegir_modalidad, vigentes
from feria_inversa.reglas.modelos import Modalidad
from nucleo.dinero import bs, formato_bs
from nucleo.errores import DatosInvalidos, PrecondicionFallida
from nucleo.ids import nuevo_id
from nucleo.lectores import en_cifras
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

MONTO_MAXIMO = bs("1000000000000")
DE_UN_CAMBIO = "cambios.{}.linea.{}"
DE_UNA_LINEA = "lineas.{}.{}"
"""How the caller names a field of the line that is wrong."""


class Exigencias:
    """What a line may say, read once for all of them: the modalities in force today, the municipalities."""

    def __init__(self, sesion: Session) -> None:
        self._sesion = sesion
        hoy = fecha_bolivia(ahora_bd(sesion))
        self._todas: Mapping[UUID, Reglas] = vigentes(sesion, hoy)
        self._generales: Mapping[UUID, Reglas] = vigentes(sesion, hoy, GENERAL)

    def datos(self, linea: LineaEntrada) -> dict[str, Any]:
        """What the row of a line says. Raises `ModalidadNoCorresponde`, `DatosInvalidos`."""
        unidad = linea.unidad_medida or linea.unidad_texto
        if (linea.cantidad is None) != (unidad is None):
            falta = "cantidad" if linea.cantidad is None else "unidad_medida"
            dice = _("Diga cuánto y en qué unidad de medida, o ninguna de las dos cosas.")
            raise DatosInvalidos(dice, campos={falta: dice})
        if linea.cantidad is not None:
            exigir_medida(linea.cantidad, linea.unidad_medida, linea.unidad_texto)
        if linea.municipio_ine is not None:
            exigir_municipio(self._sesion, linea.municipio_ine)
        return linea.model_dump(exclude={"modalidad", "monto"}) | {
            "modalidad_id": self._modalidad(linea),
            "monto": linea.monto,
        }

    def _modalidad(self, linea: LineaEntrada) -> UUID:
        if not bs(0) < linea.monto <= MONTO_MAXIMO:
            dice = _("El monto es mayor que cero y de a lo más {}.").format(formato_bs(MONTO_MAXIMO))
            raise DatosInvalidos(dice, campos={"monto": dice})
        return elegir_modalidad(self._todas, self._generales, linea.monto, linea.modalidad)[0]


@dataclass(slots=True)
class Hecho:
    """What came of some changes: the numbers of the lines of each kind and, of each, what it was and what it
    is, only in what differs.
    """

    numeros: dict[str, list[int]]
    antes: dict[int, dict[str, Any]]
    ahora: dict[int, dict[str, Any]]

    @property
    def dicho(self) -> dict[str, Any]:
        """As a version writes it."""
        lados = {"antes": self.antes, "ahora": self.ahora}
        return self.numeros | {
            lado: {str(numero): lineas[numero] for numero in sorted(lineas)}
            for lado, lineas in lados.items()
            if lineas
        }


def aplicar(
    sesion: Session,
    plan: Plan,
    cambios: Sequence[Cambio],
    leidas: Mapping[int, int] | None = None,
    donde: str = DE_UN_CAMBIO,
) -> Hecho:
    """Make the changes, all or none. `version` and `revision` of what changes are the plan's; a line that is
    said as it was is not changed. One that was taken out of a published plan stays, marked. `leidas` has the
    revision of some lines as they were read.

    Raises `DatosInvalidos`, `ModalidadNoCorresponde`, whose fields say which change; `PrecondicionFallida`
    of a line that is not as it was read.
    """
    exigencias = Exigencias(sesion)
    filas = {linea.numero: linea for linea in lineas_de(sesion, plan.id)}
    hecho = Hecho({"agregadas": [], "cambiadas": [], "quitadas": []}, {}, {})
    dichas: set[int] = set()
    for n, cambio in enumerate(cambios):
        try:
            if cambio.numero in dichas:
                dice = _("La línea {} está dos veces: dígala una sola.").format(cambio.numero)
                raise DatosInvalidos(dice, campos={"numero": dice})
            _exigir_como_se_leyo(filas, cambio, leidas or {})
            dichas.add(_aplicar(sesion, plan, filas, exigencias, cambio, hecho))
        except DatosInvalidos as error:
            campos = {_donde(donde, n, campo): texto for campo, texto in (error.campos or {}).items()}
            raise type(error)(error.detalle, campos=campos) from error
    if sum(not linea.retirada for linea in filas.values()) > LINEAS_MAXIMAS:
        raise DatosInvalidos(_("Un plan admite hasta {} líneas.").format(LINEAS_MAXIMAS))
    sesion.flush()
    hecho.numeros = {como: sorted(numeros) for como, numeros in hecho.numeros.items() if numeros}
    return hecho


def _donde(donde: str, n: int, campo: str) -> str:
    return f"cambios.{n}.numero" if campo == "numero" else donde.format(n, campo)


def _exigir_como_se_leyo(filas: Mapping[int, Linea], cambio: Cambio, leidas: Mapping[int, int]) -> None:
    fila = filas.get(cambio.numero or 0)
    if fila is not None and leidas.get(fila.numero, fila.revision) != fila.revision:
        dice = _("Otra persona cambió la línea {}: revise lo que dice ahora y repita su cambio.")
        raise PrecondicionFallida(dice.format(fila.numero))


def _aplicar(
    sesion: Session,
    plan: Plan,
    filas: dict[int, Linea],
    exigencias: Exigencias,
    cambio: Cambio,
    hecho: Hecho,
) -> int:
    """The number of the line that was added, changed or taken out."""
    if cambio.numero is None:
        assert cambio.linea is not None
        fila = _nueva(plan, filas, exigencias.datos(cambio.linea))
        sesion.add(fila)
        hecho.numeros["agregadas"].append(fila.numero)
        hecho.ahora[fila.numero] = _de_la_linea(sesion, fila, _DATOS)
        return fila.numero
    hallada = filas.get(cambio.numero)
    if hallada is None or hallada.retirada:
        dice = _("El plan no tiene la línea {}.").format(cambio.numero)
        raise DatosInvalidos(dice, campos={"numero": dice})
    fila = hallada
    if cambio.linea is not None:
        datos = exigencias.datos(cambio.linea)
        distintos = [campo for campo in _DATOS if getattr(fila, campo) != datos[campo]]
        if distintos:
            hecho.antes[fila.numero] = _de_la_linea(sesion, fila, distintos)
            for campo in distintos:
                setattr(fila, campo, datos[campo])
            fila.version, fila.revision = plan.version, plan.revision
            hecho.numeros["cambiadas"].append(fila.numero)
            hecho.ahora[fila.numero] = _de_la_linea(sesion, fila, distintos)
        return fila.numero
    hecho.numeros["quitadas"].append(fila.numero)
    hecho.antes[fila.numero] = _de_la_linea(sesion, fila, _DATOS)
    if plan.estado == EstadoPlan.BORRADOR:
        del filas[fila.numero]
        sesion.delete(fila)
        sesion.flush()  # its number may be the next one's
    else:
        fila.retirada, fila.version, fila.revision = True, plan.version, plan.revision
    return fila.numero


def _nueva(plan: Plan, filas: dict[int, Linea], datos: dict[str, Any]) -> Linea:
    """The line after the last one. Raises `DatosInvalidos` when there is no number left."""
    numero = max(filas, default=0) + 1
    if numero > NUMERO_MAXIMO:
        dice = _("El plan ya numeró {} líneas: cambie una que esté, en vez de añadir otra.").format(
            NUMERO_MAXIMO
        )
        raise DatosInvalidos(dice, campos={"numero": dice})
    filas[numero] = Linea(
        id=nuevo_id(),
        plan_id=plan.id,
        gestion=plan.gestion,
        numero=numero,
        version=plan.version,
        revision=plan.revision,
        **datos,
    )
    return filas[numero]


_DATOS = (
    "objeto",
    "categoria",
    "modalidad_id",
    "mes",
    "monto",
    "partida",
    "fuente",
    "organismo",
    "familia",
    "cantidad",
    "unidad_medida",
    "unidad_texto",
    "municipio_ine",
)


def _de_la_linea(sesion: Session, fila: Linea, campos: Sequence[str]) -> dict[str, Any]:
    """Some of what a line says, as a version writes it."""
    dichos: dict[str, Any] = {campo: getattr(fila, campo) for campo in campos}
    if "modalidad_id" in dichos:
        dichos["modalidad"] = sesion.get_one(Modalidad, dichos.pop("modalidad_id")).codigo
    if "monto" in dichos:
        dichos["monto"] = exacto(fila.monto)
    if dichos.get("cantidad") is not None:
        dichos["cantidad"] = Decimal(en_cifras(dichos["cantidad"]))
    return dichos
