"""What can go wrong with who sells."""

from nucleo.errores import Conflicto, NoEncontrado
from nucleo.textos import perezoso as _l


class VacacionesQueSeCruzan(Conflicto):
    codigo = "vacaciones_que_se_cruzan"
    titulo = _l("Ya tiene vacaciones en esos días")


class VacacionesTerminadas(Conflicto):
    codigo = "vacaciones_terminadas"
    titulo = _l("Esas vacaciones ya terminaron: está vendiendo")


class VacacionesNoEncontradas(NoEncontrado):
    codigo = "vacaciones_no_encontradas"
    titulo = _l("No encontramos esas vacaciones")
