"""What can go wrong with payrolls, and what to do about it."""

from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado, Prohibido
from nucleo.vidas import TransicionInvalida


class PlanillaInexistente(NoEncontrado):
    codigo = "planilla_inexistente"
    titulo = "Esa planilla no existe"


class PlanillaInvalida(DatosInvalidos):
    """The file cannot be paid as it is: `campos` names each wrong line and why."""

    codigo = "planilla_invalida"
    titulo = "La planilla tiene errores"


class PlanillaDistinta(DatosInvalidos):
    codigo = "planilla_distinta"
    titulo = "Ese identificador ya se usó para otra planilla"


class PlanillaNoAdmite(TransicionInvalida):
    codigo = "planilla_no_admite"
    titulo = "La planilla ya no admite esto"


class DiferenciasSinRevisar(Conflicto):
    codigo = "diferencias_sin_revisar"
    titulo = "Hay nombres que no coinciden"


class MismaPersona(Prohibido):
    codigo = "misma_persona"
    titulo = "Debe aprobarla otra persona"
