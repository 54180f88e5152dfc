"""Words of the competences."""

from empresa_digital.registro.competencias.tipos import Materia
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

MATERIAS: dict[Materia, str] = {
    Materia.INSCRIPCION: _l("Inscribir, observar, suspender y rectificar unidades"),
    Materia.HABILITACION: _l("Otorgar y suspender habilitaciones"),
    Materia.MANDATOS: _l("Resolver sobre los mandatos de las unidades"),
    Materia.PAGOS: _l("Supervisar los pagos"),
    Materia.CALENDARIO: _l("Decretar feriados"),
    Materia.COMPETENCIAS: _l("Dar y retirar competencias, y llevar la lista de normas"),
    Materia.ENVIOS: _l("Supervisar a los operadores postales y resolver los reclamos de envíos"),
}


def nombre_de_clase(clase: str | None) -> str:
    """«Operador postal»; «Todas» for what is not narrowed."""
    return _("Todas") if clase is None else clase.replace("_", " ").capitalize()
