"""The record of one unit as plain values, and the one function by which entries change it.

`aplicar` is used both when an entry is written and when all entries are replayed to verify the registry, so
the record cannot drift from its entries without `verificar_registro` saying so. Nothing here touches the
database.
"""

from dataclasses import dataclass, field
from typing import Any

from empresa_digital.registro.asientos import Operacion
from empresa_digital.registro.unidades.apartados import Seccion, apartado_de, apartados
from empresa_digital.registro.unidades.estados import siguiente_estado
from empresa_digital.registro.unidades.tipos import EstadoUnidad
from nucleo.textos import perezoso as _l

CAMPOS: dict[str, str] = {
    "tipo": _l("tipo de unidad"),
    "denominacion": _l("denominación"),
    "nombre_comercial": _l("nombre comercial"),
    "forma_legal": _l("forma legal"),
    "municipio_ine": _l("municipio"),
    "actividad_ciiu": _l("actividad principal"),
    "direccion": _l("domicilio"),
    "latitud": _l("ubicación"),
    "longitud": _l("ubicación"),
    "telefono": _l("teléfono"),
    "correo": _l("correo"),
    "sitio_web": _l("sitio web"),
    "descripcion": _l("descripción"),
}
"""The columns of a unit that its owner fills in, as strings, and the words for each."""

PREFIJO_IDENTIFICADOR = "identificador."
_VIDA = frozenset(
    {
        Operacion.PRESENTAR,
        Operacion.OBSERVAR,
        Operacion.INSCRIBIR,
        Operacion.SUSPENDER,
        Operacion.REHABILITAR,
        Operacion.CANCELAR,
        Operacion.RESTAURAR,
    }
)


@dataclass
class Ficha:
    """Everything the registry holds about one unit. Instants and dates are ISO strings, amounts centavos."""

    campos: dict[str, str | None] = field(default_factory=lambda: dict.fromkeys(CAMPOS))
    identificadores: dict[str, str] = field(default_factory=dict)
    actividades: list[str] = field(default_factory=list)
    apartados: dict[str, Seccion] = field(default_factory=lambda: {a.nombre: {} for a in apartados()})
    estado: EstadoUnidad = EstadoUnidad.BORRADOR
    motivo: str | None = None
    version: int = 0
    inscrita_en: str | None = None
    creado_en: str = ""
    actualizado_en: str = ""

    def como_datos(self) -> dict[str, Any]:
        """The public facts of the unit as the data of an entry: what `inscribir` puts on record."""
        identificadores = {PREFIJO_IDENTIFICADOR + e: v for e, v in self.identificadores.items()}
        return {**self.campos, **identificadores, "actividades": list(self.actividades)}


def aplicar(ficha: Ficha, operacion: Operacion, datos: dict[str, Any], instante: str) -> None:
    """Change the record as an entry says. Raises `TransicionInvalida` when its state does not allow it."""
    apartado = apartado_de(operacion)
    if apartado is not None:
        apartado.aplicar(ficha.apartados[apartado.nombre], operacion, datos, instante)
        return
    if operacion == Operacion.CREAR:
        ficha.creado_en = instante
    if operacion in (Operacion.CREAR, Operacion.EDITAR, Operacion.RECTIFICAR, Operacion.INSCRIBIR):
        _aplicar_campos(ficha, datos)
    if operacion in _VIDA:
        ficha.estado = siguiente_estado(ficha.estado, operacion)
        ficha.motivo = datos.get("motivo")
        if operacion == Operacion.INSCRIBIR and ficha.inscrita_en is None:
            ficha.inscrita_en = instante
    ficha.version += 1
    ficha.actualizado_en = instante


def _aplicar_campos(ficha: Ficha, datos: dict[str, Any]) -> None:
    for clave, valor in datos.items():
        if clave == "actividades":
            ficha.actividades = sorted(valor)
        elif clave.startswith(PREFIJO_IDENTIFICADOR):
            esquema = clave.removeprefix(PREFIJO_IDENTIFICADOR)
            if valor is None:
                ficha.identificadores.pop(esquema, None)
            else:
                ficha.identificadores[esquema] = valor
        elif clave in ficha.campos:
            ficha.campos[clave] = valor
