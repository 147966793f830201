#: relu_in_place
import torch

def activate(x: torch.Tensor) -> torch.Tensor:
    return torch.relu_(x)
#> activate(torch.tensor([-1.0, 2.0]))

#: relu_new
import torch.nn.functional as F
import torch

def activate(x):
    return F.relu(x)
#> activate(torch.tensor([-1.0, 2.0]))

#: view_then_write
import torch

def first_to_zero(x):
    v = x.view(-1)
    v[0] = 0.0
    return x
#> first_to_zero(torch.ones(2, 2))

#: clone_then_write
import torch

def first_to_zero(x):
    v = x.clone().view(-1)
    v[0] = 0.0
    return v
#> first_to_zero(torch.ones(2, 2))

#: detach_shares
import torch

def halve(x):
    y = x.detach()
    y *= 0.5
    return y
#> halve(torch.ones(2))

#: numpy_shares
import torch

def bump(t):
    a = t.numpy()
    a += 1
    return a.sum()
#> bump(torch.ones(2))

#: from_numpy_shares
import numpy as np
import torch

def zero(a):
    t = torch.from_numpy(a)
    t.zero_()
    return t
#> zero(np.ones(2))

#: tensor_copies
import numpy as np
import torch

def zero(a):
    t = torch.tensor(a)
    t.zero_()
    return t
#> zero(np.ones(2))

#: train_step
import torch

def step(model, opt, x, y):
    opt.zero_grad()
    loss = torch.nn.functional.mse_loss(model(x), y)
    loss.backward()
    opt.step()
    return loss.item()

M = torch.nn.Linear(2, 1)
#> step(M, torch.optim.SGD(M.parameters(), lr=0.1), torch.ones(3, 2), torch.zeros(3, 1))

#: eval_loop
import torch

@torch.no_grad()
def evaluate(model, xs):
    model.eval()
    return [float(model(x).sum()) for x in xs]
#> evaluate(torch.nn.Linear(2, 1), [torch.ones(1, 2)])

#: freeze
import torch

def freeze(model):
    for p in model.parameters():
        p.requires_grad_(False)
    return model
#> freeze(torch.nn.Linear(2, 1))

#: count_parameters
def count(model):
    return sum(p.numel() for p in model.parameters() if p.requires_grad)
#> count(__import__("torch").nn.Linear(2, 1))

#: ema_update
import torch

def ema(avg, model, decay):
    with torch.no_grad():
        for a, p in zip(avg.parameters(), model.parameters()):
            a.mul_(decay).add_(p, alpha=1 - decay)
#> ema(torch.nn.Linear(1, 1), torch.nn.Linear(1, 1), 0.9)

#: state_dict_roundtrip
import torch

def copy_weights(src, dst):
    dst.load_state_dict(src.state_dict())
    return dst
#> copy_weights(torch.nn.Linear(1, 1), torch.nn.Linear(1, 1))

#: save_checkpoint
import torch

def save(model, path, epoch):
    torch.save({"epoch": epoch, "state": model.state_dict()}, path)
#> save(torch.nn.Linear(1, 1), "m.pt", 1)

#: dropout_mask
import torch

def dropout(x, p):
    mask = (torch.rand_like(x) > p).float()
    return x * mask / (1 - p)
#> dropout(torch.ones(4), 0.5)

#: generator_draws
import torch

def noise(shape, gen):
    return torch.randn(shape, generator=gen)
#> noise((2,), torch.Generator().manual_seed(0))

#: module_definition
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.fc = nn.Linear(n, 2)

    def forward(self, x):
        return torch.relu(self.fc(x))

def logits(net, x):
    return net(x).detach()
#> logits(Net(2), torch.ones(1, 2))

#: module_made
from torch import nn

def build(sizes):
    layers = []
    for a, b in zip(sizes, sizes[1:]):
        layers += [nn.Linear(a, b), nn.ReLU()]
    return nn.Sequential(*layers[:-1])
#> build([2, 3, 1])

#: clip_gradients
import torch

def clipped(model, limit):
    return float(torch.nn.utils.clip_grad_norm_(model.parameters(), limit))

def with_grad():
    m = torch.nn.Linear(2, 1)
    (m(torch.full((1, 2), 9.0)).sum() * 10).backward()
    return m
#> clipped(with_grad(), 0.1)

#: scheduler_step
import torch

def decay(opt, n):
    sched = torch.optim.lr_scheduler.StepLR(opt, step_size=1, gamma=0.1)
    for _ in range(n):
        opt.step()
        sched.step()
    return opt.param_groups[0]["lr"]
#> decay(torch.optim.SGD([torch.ones(1, requires_grad=True)], lr=1.0), 2)

#: set_lr
def set_lr(optimizer, lr):
    for group in optimizer.param_groups:
        group["lr"] = lr
#> set_lr(__import__("torch").optim.SGD([__import__("torch").ones(1)], lr=1.0), 0.5)

#: collate
import torch

def collate(batch):
    xs, ys = zip(*batch)
    return torch.stack(xs), torch.tensor(ys)
#> collate([(torch.ones(2), 1)])

#: mask_assign
import torch

def pad_zero(x, lengths):
    for i, n in enumerate(lengths):
        x[i, n:] = 0
    return x
#> pad_zero(torch.ones(1, 3), [2])

#: cosine_similarity
import torch

def similarity(a, b):
    a = a / a.norm(dim=1, keepdim=True)
    b = b / b.norm(dim=1, keepdim=True)
    return a @ b.T
#> similarity(torch.ones(1, 2), torch.ones(2, 2))

#: index_add
import torch

def scatter_sum(out, idx, values):
    out.index_add_(0, idx, values)
    return out
#> scatter_sum(torch.zeros(2), torch.tensor([1]), torch.ones(1))

#: manual_seed
import torch

def reproducible(n):
    torch.manual_seed(0)
    return torch.randn(n)
#> reproducible(2)

#: to_device
def move(batch, device):
    return {k: v.to(device) for k, v in batch.items()}
#> move({"a": __import__("torch").ones(1)}, "cpu")

#: init_weights
import torch

def init(m):
    if isinstance(m, torch.nn.Linear):
        torch.nn.init.zeros_(m.weight)
        m.bias.data.fill_(0.5)
    return m
#> init(torch.nn.Linear(2, 1))

#: apply_init
import torch

def init(m):
    if isinstance(m, torch.nn.Linear):
        torch.nn.init.constant_(m.weight, 3.0)

def build(model):
    model.apply(init)
    return model
#> build(torch.nn.Sequential(torch.nn.Linear(2, 1)))
