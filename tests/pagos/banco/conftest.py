"""The unit that withdraws and the authority that reconciles, as the tests of withdrawals have them."""

from tests.pagos.retiros.test_retiros import regulador as regulador
