"""What can go wrong with payrolls, and what to do about it."""

from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado
from nucleo.textos import perezoso as _l
from nucleo.vidas import TransicionInvalida


class PlanillaInexistente(NoEncontrado):
    codigo = "planilla_inexistente"
    titulo = _l("Esa planilla no existe")


class PlanillaInvalida(DatosInvalidos):
    """The file cannot be paid as it is: `campos` names each wrong line and why."""

    codigo = "planilla_invalida"
    titulo = _l("La planilla tiene errores")


class PlanillaDistinta(DatosInvalidos):
    codigo = "planilla_distinta"
    titulo = _l("Ese identificador ya se usó para otra planilla")


class PlanillaNoAdmite(TransicionInvalida):
    codigo = "planilla_no_admite"
    titulo = _l("La planilla ya no admite esto")


class DiferenciasSinRevisar(Conflicto):
    codigo = "diferencias_sin_revisar"
    titulo = _l("Hay nombres que no coinciden")
